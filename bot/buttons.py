"""Buttons: the payload `/intent{json}`, checked against an allow-list, and its compact form for Telegram."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.errors import ButtonRefused

MAX_CALLBACK_BYTES: Final = 64

_PAYLOAD: Final = re.compile(r"/([a-z_]+)\s*(\{.*\})?\s*", re.DOTALL)
# For each intent that a button may carry: its entities, and what their values look like (a language: a tag; whether it
# is spoken here, the dialogue knows).
_ALLOWED: Final[Mapping[str, Mapping[str, re.Pattern[str]]]] = MappingProxyType(
    {
        "show_entry": {"entry": re.compile(r"[a-z0-9.-]{1,32}")},
        "choose_language": {"language": re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")},
        "latest_news": {},
        "help": {},
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button means: an allowed intent with all of its entities."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


def parse_button(payload: str) -> Choice:
    """The choice in a button's payload or callback data; raises `ButtonRefused` for anything else."""
    match = _PAYLOAD.fullmatch(payload)
    if match is None:
        raise ButtonRefused("not a button's payload; expected /intent{json}")
    intent, details = match[1], match[2]
    allowed = _ALLOWED.get(intent)
    if allowed is None:
        raise ButtonRefused(f"buttons may not carry the intent {intent!r}")
    entities = _entities(details) if details else {}
    if entities.keys() != allowed.keys():
        raise ButtonRefused(f"{intent!r} takes the entities {sorted(allowed)}, not {sorted(entities)}")
    for name, value in entities.items():
        if not allowed[name].fullmatch(value):
            raise ButtonRefused(f"the entity {name!r} of {intent!r} has a value that is not allowed")
    return Choice(intent, entities)


def callback_data(choice: Choice) -> str:
    """The compact payload for a Telegram button; raises `ButtonRefused` beyond `MAX_CALLBACK_BYTES` bytes."""
    data = f"/{choice.intent}"
    if choice.entities:
        data += json.dumps(dict(choice.entities), ensure_ascii=False, separators=(",", ":"))
    if len(data.encode()) > MAX_CALLBACK_BYTES:
        raise ButtonRefused(f"the button's data are longer than {MAX_CALLBACK_BYTES} bytes")
    return data


def _entities(details: str) -> dict[str, str]:
    try:
        parsed = json.loads(details)
    except (ValueError, RecursionError) as error:
        raise ButtonRefused("the button's details are not JSON") from error
    if not isinstance(parsed, dict) or not all(isinstance(value, str) for value in parsed.values()):
        raise ButtonRefused("the button's details must be texts by name")
    return parsed
