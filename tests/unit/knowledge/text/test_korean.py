"""A Korean word is told from its particle without a dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.korean import stem


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("도서관에서", "도서관"),
        ("도서관은", "도서관"),
        ("전기차는", "전기차"),
        ("시장으로", "시장"),
        ("신청하려면", "신청"),
        ("박물관입니까", "박물관"),
        ("책을", "책"),
        ("버스를", "버스"),
        ("도서관처럼", "도서관"),
        ("도서관에서의", "도서관"),
    ],
)
def test_particles_and_endings_go(run: str, expected: str) -> None:
    """What is left is the word that a dictionary has."""
    assert expected == stem(run)


@pytest.mark.parametrize("word", ["전문가", "마을", "가을", "회의", "휴가", "제주도", "종로", "교통과", "나", "은", ""])
def test_words_that_end_alike_stay(word: str) -> None:
    """A particle does not agree with the sound before it, or the word would be too short."""
    assert word == stem(word)


@given(st.text(alphabet="도서관은는이가을를에서의으로ᄀㅋ", max_size=12))
def test_a_stem_begins_the_run(run: str) -> None:
    """Nothing but an ending is taken off, and never all."""
    assert run.startswith(stem(run))
    assert bool(run) == bool(stem(run))
