"""The payloads that every channel renders (see DESIGN.md, 'Contracts'): built here and nowhere else."""

import uuid
from datetime import date
from typing import Any, Literal, NotRequired, TypedDict

Status = Literal["answered", "uncertain", "no_answer"]


class Button(TypedDict):
    """A title to show and the Rasa intent that pressing it sends."""

    title: str
    payload: str


class Source(TypedDict):
    """Where an answer comes from.

    `quote` is what `text` quotes of it, word for word: for news, and for an FAQ entry in another language than the
    reader's. Parts that do not stand side by side in the source are joined by `knowledge.answering.extracts.GAP`.
    """

    id: str
    kind: Literal["faq", "news"]
    title: str
    url: str
    url_is_home_page: bool
    published: str | None
    language: str
    sample: bool
    quote: str | None


class Payload(TypedDict):
    """One message to the reader; the last four keys come with an answer only."""

    type: Literal["answer", "prompt", "notice"]
    id: str
    text: str
    language: str
    buttons: list[Button]
    status: NotRequired[Status]
    confidence: NotRequired[float]
    sources: NotRequired[list[Source]]


def notice(text: str, language: str) -> Payload:
    """Something that CityDesk says of itself."""
    return {"type": "notice", "id": _new_id(), "text": text, "language": language, "buttons": []}


def prompt(text: str, language: str, buttons: list[Button]) -> Payload:
    """A question back, with the answers to choose from."""
    return {"type": "prompt", "id": _new_id(), "text": text, "language": language, "buttons": buttons}


def answer(
    text: str,
    language: str,
    *,
    status: Status,
    confidence: float,
    sources: list[Source] | None = None,
    buttons: list[Button] | None = None,
) -> Payload:
    """The outcome of a question; `answered` must name at least one source."""
    if status == "answered" and not sources:
        raise ValueError("an answer without a source")
    return {
        "type": "answer",
        "id": _new_id(),
        "status": status,
        "language": language,
        "text": text,
        "confidence": round(confidence, 3),
        "buttons": buttons or [],
        "sources": sources or [],
    }


def iso(day: date | None) -> str | None:
    """A date as JSON carries it."""
    return day.isoformat() if day else None


def as_json(payload: Payload) -> dict[str, Any]:
    """The payload as a plain dictionary, as rasa-sdk wants it."""
    return dict(payload)


def _new_id() -> str:
    return uuid.uuid4().hex[:16]
