"""Scores to an order and to a decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking import Scores, decide, rank_key

unit = st.floats(min_value=0, max_value=1)


@given(unit, unit, unit)
def test_more_likeness_never_ranks_lower(dense: float, lexical: float, more: float) -> None:
    """Probability rises with either half."""
    base = Scores(dense, lexical)
    assert Scores(max(dense, more), lexical).probability >= base.probability
    assert Scores(dense, max(lexical, more)).probability >= base.probability


def test_no_hits_is_no_answer() -> None:
    """An empty index says so, it does not fail."""
    assert "no_answer" == decide([])


@pytest.mark.parametrize(
    ("dense", "lexical", "status"),
    [(0.95, 1.0, "answered"), (0.1, 0.1, "no_answer"), (0.0, 0.0, "no_answer")],
)
def test_clear_cases(dense: float, lexical: float, status: str) -> None:
    """What is surely right is answered, what is surely not is not."""
    assert status == decide([Scores(dense, lexical)])


def test_the_faq_goes_before_news_that_fits_as_well() -> None:
    """An entry was written to answer; an article mentions."""
    same = Scores(0.8, 0.8)
    assert rank_key("faq", same, "faq:b") < rank_key("news", same, "news:a")


def test_equal_hits_keep_their_order() -> None:
    """Ids break ties, so the same question gives the same answer."""
    same = Scores(0.8, 0.8)
    assert rank_key("faq", same, "faq:a") < rank_key("faq", same, "faq:b")


def test_a_vague_question_is_asked_back() -> None:
    """The city's name alone fits everything; an entry's own short question is no such case."""
    assert "uncertain" == decide([Scores(0.85, 1.0, information=0.3)])
    assert "answered" == decide([Scores(1.0, 1.0, information=0.3)])
