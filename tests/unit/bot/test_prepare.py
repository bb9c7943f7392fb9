"""What people write reaches the dialogue server clean, short, and never as an intent."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import EmptyMessage
from bot.prepare import MAX_CHARACTERS, Prepared, prepare

ANY_TEXT = st.text(alphabet=st.characters(), max_size=1_200)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  三表\n是什麼\t？ ", "三表 是什麼 ？"),
        ("/restart", "restart"),
        (' / //show_entry{"entry": "a"}', 'show_entry{"entry": "a"}'),
        ("\u200b/restart", "restart"),
        ("\ufeff\x00/restart", "restart"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("24/7", "24/7"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
)
def test_cleaning(raw: str, expected: str) -> None:
    """Meaning stays, what could do harm goes."""
    assert prepare(raw) == Prepared(expected, truncated=False)


@pytest.mark.parametrize("raw", ["", " \n", "/", "/ / /", "\x00\ud800\u200b"])
def test_nothing_left(raw: str) -> None:
    """An empty message is told apart."""
    with pytest.raises(EmptyMessage):
        prepare(raw)


def test_the_cap() -> None:
    """Exactly the first 500 characters are kept, and it is said that there were more."""
    assert prepare("長" * 500) == Prepared("長" * 500, truncated=False)
    assert prepare("長" * 501) == Prepared("長" * 500, truncated=True)


@given(ANY_TEXT)
@example("\u200b\u0338/x")
@example("/\u0338" * 600)
def test_whatever_is_written(raw: str) -> None:
    """The promise holds for every text, and preparing twice changes nothing."""
    try:
        text = prepare(raw).text
    except EmptyMessage:
        return
    assert 1 <= len(text) <= MAX_CHARACTERS
    assert not text.startswith("/")
    assert text == text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
    assert prepare(text) == Prepared(text, truncated=False)
