"""The shipped FAQ's dates: the same in every language, and set where an answer would mislead without them."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from knowledge.content.faq import load_faq
from knowledge.documents import Document
from knowledge.retrieval.currency import standing

CONTENT = Path(__file__).parents[4] / "content"
TODAY = date(2026, 11, 24)


def test_an_entry_has_the_same_dates_in_every_language() -> None:
    """Otherwise a Japanese reader could book what an English one is told is over."""
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in load_faq(CONTENT):
        versions[document.id].append(document)
    differing = [key for key, found in versions.items() if len({(v.valid_until, v.event) for v in found}) > 1]
    assert [] == differing


def test_the_tours_of_the_expo_are_not_open() -> None:
    """How to sign up, when they start, in which languages: all of it ended with the expo."""
    tours = [document for document in load_faq(CONTENT) if document.topic == "tours"]
    expired = {document.id for document in tours if standing(document, TODAY) == "expired"}
    assert {"faq:tours.signup", "faq:tours.sessions", "faq:tours.languages"} == expired
    assert "over" == next(standing(document, TODAY) for document in tours if document.id == "faq:tours.daily")


def test_emergency_numbers_and_the_hotline_stay_current() -> None:
    """What a citizen needs today never carries a note that it is over."""
    lasting = [d for d in load_faq(CONTENT) if d.id in ("faq:video119.emergency", "faq:online.hotline")]
    assert {"current"} == {standing(document, TODAY) for document in lasting}
