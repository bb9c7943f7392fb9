"""Terms as words of letters and digits only, one for one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.stores import hexterms

TERMS = st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1)


@given(st.lists(TERMS))
def test_every_term_becomes_one_word(terms: list[str]) -> None:
    """Whatever the script; nothing in a word for a tokenizer to cut at."""
    words = hexterms.encode(terms).split(" ") if terms else []
    assert len(terms) == len(words)
    assert all(re.fullmatch("[0-9a-fx]{2,32}", word) for word in words)


@given(TERMS, TERMS)
def test_words_are_equal_where_terms_are(one: str, other: str) -> None:
    """Short ones by spelling, long ones by checksum."""
    assert (one == other) == (hexterms.encode([one]) == hexterms.encode([other]))


@given(st.lists(TERMS), st.integers(1, 200))
def test_a_limit_leaves_whole_words(terms: list[str], limit: int) -> None:
    """As many as fit, and not one more."""
    everything = hexterms.encode(terms).split(" ")
    cut = hexterms.encode(terms, limit)
    words = cut.split(" ") if cut else []
    assert everything[: len(words)] == words or not terms
    assert len(cut) <= limit
    assert not terms or len(words) == len(everything) or len(" ".join(everything[: len(words) + 1])) > limit


def test_half_a_character_is_no_obstacle() -> None:
    """A lone surrogate has no UTF-8, but a word."""
    assert hexterms.encode(["\ud83d"]) != hexterms.encode(["\ude8b"])
