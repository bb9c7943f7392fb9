"""What a conversation tells about its reader: pure functions over Rasa's tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wording.languages import DEFAULT_LANGUAGE, Languages

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """The message that is being answered: its text, the reader's language, entities by name."""

    text: str
    language: str
    entities: Mapping[str, str]


def read_turn(
    slots: Mapping[str, Any], latest_message: Mapping[str, Any], events: Sequence[Event], languages: Languages
) -> Turn:
    """The current turn, from the parts of a tracker that Rasa sends with each action call and NLG request."""
    found = latest_message.get("entities") or []
    entities = {str(entity.get("entity")): str(entity.get("value")) for entity in found}
    text = str(latest_message.get("text") or "")
    return Turn(text, reader_language(slots, latest_message, events, languages), entities)


def reader_language(
    slots: Mapping[str, Any], latest_message: Mapping[str, Any], events: Sequence[Event], languages: Languages
) -> str:
    """In this order: what he chose, what he writes in now, what he last wrote in, what his client says, English."""
    chosen = languages.match(slots.get("chosen_language"))
    if chosen:
        return chosen
    metadata = latest_message.get("metadata") or _latest_metadata(events)
    client = languages.match(metadata.get("client_language"))
    now = str(latest_message.get("text") or "")
    before = (_written_in(text, languages, client) for text in _earlier_texts(events, now))
    earlier = next(filter(None, before), client)
    return _written_in(now, languages, earlier) or earlier or DEFAULT_LANGUAGE


def _written_in(text: str, languages: Languages, likely: str | None) -> str | None:
    return None if text.startswith("/") else languages.detect(text, likely)


def _earlier_texts(events: Sequence[Event], now: str) -> list[str]:
    """What the reader wrote before, newest first; the last event of his is what he writes now."""
    texts = [str(event.get("text") or "") for event in reversed(events) if event.get("event") == "user"]
    return texts[1:] if texts[:1] == [now] else texts


def _latest_metadata(events: Sequence[Event]) -> Mapping[str, Any]:
    for event in reversed(events):
        if event.get("event") == "user":
            return event.get("metadata") or {}
    return {}
