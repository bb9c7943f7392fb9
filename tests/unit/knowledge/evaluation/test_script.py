"""Which texts are cut as Chinese, Japanese or Thai."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation.script import language_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("圖書館每週一休館。", "zh"),
        ("2018年臺北市 Expo 的主題是智慧城市，共有一百個城市參加。", "zh"),
        ("図書館は毎週月曜日に休館します。", "ja"),
        ("ที่จอดรถเปิดทุกวัน", "th"),
        ("The word 圖書館 means library.", "und"),
        ("도서관은 월요일에 쉽니다.", "und"),
        ("Η βιβλιοθήκη", "und"),
        ("1999 …", "und"),
        ("", "und"),
    ],
)
def test_the_script_of_most_letters_tells(text: str, expected: str) -> None:
    assert expected == language_of(text)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert language_of(text) in {"zh", "ja", "th", "und"}
