"""Filters give what was asked for and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.documents import Document, Source
from knowledge.retrieval.filters import Filters

PAGE = Source("Page", "https://www.gov.taipei/", "en", date(2022, 1, 31))
NEWS = Document("news:0123456789abcdef", "news", "zh-Hant", "新聞", "內文。", PAGE)
ENTRY = Document("faq:tours.daily", "faq", "en", "Tours?", "Yes.", PAGE, topic="tours")


@pytest.mark.parametrize(
    ("filters", "news", "entry"),
    [
        (Filters(), True, True),
        (Filters(languages=frozenset({"en", "ja"})), False, True),
        (Filters(kinds=frozenset({"news"})), True, False),
        (Filters(topics=frozenset({"tours", "expo"})), False, True),
        (Filters(topics=frozenset({"expo"})), False, False),
        (Filters(since=date(2022, 1, 31)), True, True),
        (Filters(since=date(2022, 2, 1)), False, False),
        (Filters(until=date(2022, 1, 31)), True, True),
        (Filters(until=date(2022, 1, 30)), False, False),
        (Filters(kinds=frozenset({"news"}), languages=frozenset({"en"})), False, False),
    ],
)
def test_what_passes(filters: Filters, news: bool, entry: bool) -> None:
    """All that is asked for must hold; both days are included."""
    assert (news, entry) == (filters.allows(NEWS), filters.allows(ENTRY))


def test_without_a_day_nothing_is_found_by_days() -> None:
    """What may be old must not pass for new."""
    undated = replace(NEWS, source=replace(PAGE, published=None))
    assert Filters().allows(undated)
    assert not Filters(since=date(2000, 1, 1)).allows(undated)
    assert not Filters(until=date(2100, 1, 1)).allows(undated)


def test_days_the_wrong_way_round_are_refused() -> None:
    """Nothing could be found."""
    with pytest.raises(ValueError, match="comes before"):
        Filters(since=date(2022, 2, 1), until=date(2022, 1, 1))


def test_filters_know_whether_they_ask_for_anything() -> None:
    """Without, a search needs not look at them."""
    assert not Filters()
    assert Filters(until=date(2022, 1, 1)) and Filters(topics=frozenset({"tours"}))
