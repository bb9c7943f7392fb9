"""What is said about an answer's dates, in the reader's language."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actions.dating import note_on_dates
from knowledge.documents import Document, Event, Source
from wording.catalogue import Wording
from wording.languages import Languages

CONTENT = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 24)
ENTRY = Document("faq:a.b", "faq", "en", "How?", "So.", Source("Page", "https://www.gov.taipei/", "en"))
EXPO = Event(date(2018, 3, 1), date(2018, 3, 31))


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(CONTENT)


@pytest.mark.parametrize("current", [True, False])
def test_what_holds_needs_no_note(wording: Wording, current: bool) -> None:
    """Nor does an event that has not ended yet."""
    coming = replace(ENTRY, event=Event(TODAY, TODAY), valid_until=TODAY)
    assert note_on_dates(ENTRY, TODAY, current, wording, "en") is None
    assert note_on_dates(coming, TODAY, current, wording, "en") is None


def test_an_event_that_is_over_is_told_to_who_asks_for_now(wording: Wording) -> None:
    """Who asks about the past gets an answer about the past, which needs no note."""
    past = replace(ENTRY, event=EXPO)
    assert "Please note that this is already over (March 2018)." == note_on_dates(past, TODAY, True, wording, "en")
    assert note_on_dates(past, TODAY, False, wording, "en") is None


@pytest.mark.parametrize(
    ("language", "period"), [("en", "(March 2018)"), ("zh-Hant", "（2018年3月）"), ("ja", "（2018年3月）")]
)
@pytest.mark.parametrize("current", [True, False])
def test_what_has_expired_is_always_told(wording: Wording, language: str, period: str, current: bool) -> None:
    """With the event's time, in every language."""
    note = note_on_dates(replace(ENTRY, event=EXPO, valid_until=EXPO.end), TODAY, current, wording, language)
    assert note is not None and period in note


@pytest.mark.parametrize("language", Languages.read(CONTENT / "languages.yml"))
def test_what_has_expired_without_an_event_tells_its_last_day(wording: Wording, language: str) -> None:
    """A fee of last year had no event."""
    note = note_on_dates(replace(ENTRY, valid_until=date(2025, 12, 31)), TODAY, False, wording, language)
    assert note is not None and wording.date(date(2025, 12, 31), language) in note


def test_an_entry_that_expired_before_its_event_tells_its_last_day(wording: Wording) -> None:
    """Registration can be closed while the event is still to come: it isn't over then."""
    document = replace(ENTRY, event=Event(TODAY, TODAY), valid_until=date(2026, 11, 1))
    note = note_on_dates(document, TODAY, True, wording, "en")
    assert note is not None and "November 1, 2026" in note and "over" not in note
