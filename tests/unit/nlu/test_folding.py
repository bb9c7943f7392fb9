"""Folding: one form for many spellings, at unchanged positions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.components.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("臺灣", "台湾"),
        ("電錶", "电表"),
        ("１１９", "119"),
        ("ＡＢＣ", "ABC"),
        ("ﾆｭｰｽ", "ニュース"),
        ("救命！", "救命!"),
        ("ﬁre", "ﬁre"),
        ("a\x00b\u200bc", "a b c"),
        ("hi \ud83d", "hi \ufffd"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(text: str, folded: str) -> None:
    """Width, script, control characters, broken surrogates; a ligature stays, or positions would move."""
    assert folded == fold(text)


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_folding_keeps_positions_and_can_be_encoded(text: str) -> None:
    """Any text at all, lone surrogates included, comes out as long as it went in."""
    folded = fold(text)
    assert len(text) == len(folded)
    assert folded == folded.encode("utf-8").decode("utf-8")
