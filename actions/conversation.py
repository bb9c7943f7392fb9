"""What a conversation tells about its reader: pure functions over Rasa's tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wording.detect import detect_language
from wording.languages import DEFAULT_LANGUAGE, Language, match_language

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """The message that is being answered: its text, the reader's language, entities by name."""

    text: str
    language: Language
    entities: Mapping[str, str]


def read_turn(slots: Mapping[str, Any], latest_message: Mapping[str, Any], events: Sequence[Event]) -> Turn:
    """The current turn, from the parts of a tracker that Rasa sends with each action call and NLG request."""
    found = latest_message.get("entities") or []
    entities = {str(entity.get("entity")): str(entity.get("value")) for entity in found}
    text = str(latest_message.get("text") or "")
    return Turn(text, reader_language(slots, latest_message, events), entities)


def reader_language(slots: Mapping[str, Any], latest_message: Mapping[str, Any], events: Sequence[Event]) -> Language:
    """In this order: what he chose, what he writes in now, what he last wrote in, what his client says, English."""
    chosen = match_language(slots.get("chosen_language"))
    if chosen:
        return chosen
    for text in (str(latest_message.get("text") or ""), *_earlier_texts(events)):
        detected = None if text.startswith("/") else detect_language(text)
        if detected:
            return detected
    metadata = latest_message.get("metadata") or _latest_metadata(events)
    return match_language(metadata.get("client_language")) or DEFAULT_LANGUAGE


def _earlier_texts(events: Sequence[Event]) -> list[str]:
    """What the reader wrote, newest first."""
    return [str(event.get("text") or "") for event in reversed(events) if event.get("event") == "user"]


def _latest_metadata(events: Sequence[Event]) -> Mapping[str, Any]:
    for event in reversed(events):
        if event.get("event") == "user":
            return event.get("metadata") or {}
    return {}
