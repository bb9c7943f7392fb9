"""What the city has published, in the form that everything in `knowledge` works on."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["faq", "news"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: what a reader is shown and may follow.

    `url_is_home_page` says that the exact address is not known and `url` leads to the publisher's front page.
    """

    title: str
    url: str
    language: str
    published: date | None = None
    url_is_home_page: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """When what a document tells of took place: first and last day, the city's calendar.

    Where only the month or year is known, they are its first and its last day.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Document:
    """One FAQ entry in one language, or one news article.

    `id` is `faq:<entry id>` (the same in every language) or `news:<16 hex digits>`; `(id, language)` is unique.
    `title` is the FAQ question or the headline; `text` the answer or the article as plain text, paragraphs
    parted by a newline. `questions` are other ways to ask the same, `contrasts` questions that sound alike and are
    not answered by it (FAQ only). `sample` marks made-up data
    that stands in for what the city has not told. `valid_until` is the last day on which the text holds, `event`
    when what it tells of took place; `knowledge.retrieval.currency` reads both.
    """

    id: str
    kind: Kind
    language: str
    title: str
    text: str
    source: Source
    topic: str | None = None
    questions: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    sample: bool = False
    valid_until: date | None = None
    event: Event | None = None


def from_record(record: dict[str, Any]) -> Document:
    """The document of a record, which is `dataclasses.asdict` with its dates in ISO form, as JSON carries it.

    Fields that the record lacks get their default.

    Raises `KeyError`, `TypeError` or `ValueError` when it is no record of a document.
    """
    source, event = record["source"], record.get("event")
    fields = {
        **record,
        "questions": tuple(record.get("questions", ())),
        "contrasts": tuple(record.get("contrasts", ())),
        "source": Source(**{**source, "published": _day(source.get("published"))}),
        "valid_until": _day(record.get("valid_until")),
        "event": Event(date.fromisoformat(event["start"]), date.fromisoformat(event["end"])) if event else None,
    }
    return Document(**fields)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
