"""Languages: declared tags first, then the script that a text is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.subjects.language import item_language, language_of_script, match_tag


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-tw", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("en", "en"),
        ("en-US", "en"),
        (" en-gb ", "en"),
        ("ja-JP", "ja"),
        ("pl-PL", "pl"),
        ("und", None),
        ("", None),
        ("English", None),
        ("中文", None),
        ("x" * 5000, None),
        (None, None),
    ],
)
def test_declared_tag(tag: str | None, language: str | None) -> None:
    """What feeds declare is brought to the tags used here; nonsense counts as nothing."""
    assert language == match_tag(tag)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("圖書館延長開放時間", "zh-Hant"),
        ("圖書館 opens a new branch 新分館", "zh-Hant"),
        ("阿嬤の店本週六在老街開幕歡迎參觀", "zh-Hant"),
        ("図書館の開館時間を延長します", "ja"),
        ("バス", "ja"),
        ("Library hours extended", "en"),
        ("The mayor met 柯文哲 at the forum on smart cities today", "en"),
        ("119", None),
        ("", None),
        ("Привет", None),
    ],
)
def test_script_tells_the_language(text: str, language: str | None) -> None:
    """Kana make Japanese, Han Chinese, Latin English; a stray sign does not."""
    assert language == language_of_script(text)


def test_first_meaningful_declaration_wins() -> None:
    """The entry's own tag goes before the feed's, and the text comes last."""
    assert "ja" == item_language([None, "", "ja-JP", "en"], "Hello there")
    assert "en" == item_language([None, "nonsense!"], "Hello there")
    assert "und" == item_language([], "119")


@given(st.text())
def test_any_tag_and_text_are_survived(text: str) -> None:
    """Feeds declare anything."""
    assert item_language([text], text)
