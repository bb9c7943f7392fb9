"""Documents survive the way through JSON."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from knowledge.documents import Document, Event, Source, from_record

BARE = Document(
    "news:0123456789abcdef", "news", "en", "Title", "Text.", Source("Title", "https://www.gov.taipei/", "en")
)
FULL = Document(
    "faq:a.b",
    "faq",
    "ja",
    "題",
    "本文。",
    Source("Page", "https://www.gov.taipei/", "en", date(2018, 4, 3), True),
    topic="a",
    questions=("一", "二"),
    contrasts=("三",),
    sample=True,
    valid_until=date(2018, 3, 31),
    event=Event(date(2018, 3, 1), date(2018, 3, 31)),
)


@pytest.mark.parametrize("document", [BARE, FULL], ids=["bare", "full"])
def test_a_record_gives_the_document_back(document: Document) -> None:
    """Dates, tuples and the source are what they were."""
    record = json.loads(json.dumps(asdict(document), default=date.isoformat))
    assert document == from_record(record)


def test_a_record_from_before_there_were_dates() -> None:
    """An index of yesterday can still be read."""
    record = json.loads(json.dumps(asdict(BARE), default=date.isoformat))
    del record["valid_until"], record["event"]
    assert BARE == from_record(record)


@pytest.mark.parametrize("changed", [{"source": {}}, {"valid_until": "soon"}, {"event": {"start": "2018-03-01"}}])
def test_what_is_no_record_is_refused(changed: dict[str, object]) -> None:
    """A damaged file must not become an answer."""
    record = json.loads(json.dumps(asdict(BARE), default=date.isoformat))
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_record({**record, **changed})
