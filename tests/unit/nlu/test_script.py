"""Writing systems: which pipeline a message gets, and how Japanese is cut without a dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.components.script import (
    HAN,
    KANA,
    OTHER,
    SPACE,
    Run,
    pipeline_language,
    runs,
    script_of,
    split_japanese,
)


def pieces(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in split_japanese(text)]


@pytest.mark.parametrize(
    ("char", "script"),
    [
        ("a", OTHER),
        ("é", OTHER),
        ("臺", HAN),
        ("々", HAN),
        ("𠮷", HAN),
        ("ひ", KANA),
        ("ー", KANA),
        ("ｶ", KANA),
        ("・", OTHER),
        ("。", OTHER),
        (" ", SPACE),
        ("\u3000", SPACE),
        ("😀", OTHER),
        ("\ud83d", OTHER),
    ],
)
def test_every_character_belongs_to_one_writing_system(char: str, script: str) -> None:
    """Signs that only look like kana, ideographic spaces and broken characters included."""
    assert script == script_of(char)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("", "en"),
        ("!?", "en"),
        ("三表是什麼", "zh"),
        ("video 119 是什麼", "zh"),
        ("火事です", "ja"),
        ("ビデオ119", "ja"),
        ("cześć", "en"),
    ],
)
def test_one_kana_makes_a_message_japanese_and_one_han_chinese(text: str, language: str) -> None:
    """The choice is made on the whole message, by script alone."""
    assert language == pipeline_language(text)


def test_runs_change_where_the_script_changes() -> None:
    """Spaces are stretches too, so that the stretches cover the text."""
    assert [Run(0, 2, HAN), Run(2, 3, SPACE), Run(3, 6, OTHER)] == runs("臺北 119")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("火事です！", ["火", "事", "です", "！"]),
        ("スマートメーターとは", ["スマートメーター", "とは"]),
        ("ビデオ119を見せて", ["ビデオ", "119", "を", "見", "せて"]),
        ("らーめん", ["らーめん"]),
        ("Go Smartとは", ["Go", "Smart", "とは"]),
        ("  ", []),
        ("え？？", ["え", "？", "？"]),
    ],
)
def test_japanese_is_cut_by_script_and_han_by_character(text: str, expected: list[str]) -> None:
    """The long-vowel mark stays with its kana, numbers and Latin words stay whole."""
    assert expected == pieces(text)


@given(st.text(max_size=60))
def test_japanese_pieces_are_the_text_without_its_spaces(text: str) -> None:
    """Nothing is lost, doubled or moved, whatever is typed."""
    assert "".join(char for char in text if script_of(char) != SPACE) == "".join(pieces(text))
