"""Scores to an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.ranking import Mode, Scores, rank_key

unit = st.floats(min_value=0, max_value=1)


@given(unit, unit, unit, unit)
def test_more_likeness_never_ranks_lower(dense: float, bm25: float, coverage: float, more: float) -> None:
    """What is fused rises with each of its parts, and stays between 0 and 1."""
    base = Scores(dense, bm25, coverage).fused
    risen = (
        Scores(max(dense, more), bm25, coverage),
        Scores(dense, max(bm25, more), coverage),
        Scores(dense, bm25, max(coverage, more)),
    )
    assert all(base <= scores.fused <= 1.0 + 1e-9 for scores in risen)


@pytest.mark.parametrize(("mode", "expected"), [("dense", 0.2), ("lexical", 0.4), ("hybrid", 0.38)])
def test_a_mode_leaves_one_half_out(mode: Mode, expected: float) -> None:
    """Each half alone is its own score."""
    assert expected == pytest.approx(Scores(0.2, 0.4, 0.6, mode=mode).fused)


def test_the_faq_goes_before_news_that_fits_as_well() -> None:
    """An entry was written to answer; an article mentions."""
    same = Scores(0.8, 0.8, 0.8)
    assert rank_key("faq", same, "faq:b") < rank_key("news", same, "news:a")


def test_newer_goes_before_older_where_that_is_asked_for() -> None:
    """And nowhere else: then `recency` is 0 for all."""
    older, newer = Scores(0.8, 0.8, 0.8, recency=0.1), Scores(0.79, 0.8, 0.8, recency=0.9)
    assert rank_key("news", newer, "news:b") < rank_key("news", older, "news:a")


def test_equal_hits_keep_their_order() -> None:
    """Ids break ties, so the same question gives the same answer."""
    same = Scores(0.8, 0.8, 0.8)
    assert rank_key("faq", same, "faq:a") < rank_key("faq", same, "faq:b")
