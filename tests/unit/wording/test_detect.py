"""The language of a text, and of a client's tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.detect import detect_language
from wording.languages import LANGUAGES, match_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三表是什麼", "zh-Hant"),
        ("Go Smart是什麼", "zh-Hant"),
        ("营业时间", "zh-Hant"),
        ("スマートメーターとは", "ja"),
        ("三表の意味", "ja"),
        ("営業時間", "ja"),
        ("ｽﾏｰﾄ", "ja"),
        ("What are the three meters?", "en"),
        ("Photovoltaics", "en"),
        ("what does 三表 mean exactly", "en"),
        ("I'd go", "en"),
        ("hi", None),
        ("MRT", None),
        ("水", None),
        ("水 (・ω・)ノ", None),
        ("好喔 (・ω・)ノ", "zh-Hant"),
        ("119", None),
        ("👍", None),
        ("", None),
        ("привет мир", None),
    ],
)
def test_detection(text: str, expected: str | None) -> None:
    """Script tells the language once there is enough of it."""
    assert detect_language(text) == expected


@given(st.text())
def test_detection_takes_any_text(text: str) -> None:
    """Whatever is typed, the outcome is one of ours or None."""
    assert detect_language(text) in (*LANGUAGES, None)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-hk", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("zh_Hant_TW", "zh-Hant"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("ja-JP", "ja"),
        ("pl", None),
        ("enm", None),
        ("", None),
        (None, None),
    ],
)
def test_client_tags(tag: str | None, expected: str | None) -> None:
    """The primary subtag decides."""
    assert match_language(tag) == expected
