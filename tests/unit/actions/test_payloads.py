"""Payloads are as DESIGN.md's contract says, for every channel to rely on."""

import json

import pytest

from actions import payloads
from bot.payloads import parse_reply


def through_rasa(payload: payloads.Payload) -> bytes:
    """What the REST channel makes of it."""
    return json.dumps([{"recipient_id": "x", "custom": payloads.as_json(payload)}]).encode()


def test_an_answer_must_have_a_source() -> None:
    """No claim without its source can even be built."""
    with pytest.raises(ValueError, match="without a source"):
        payloads.answer("So it is.", "en", status="answered", confidence=1.0)


@pytest.mark.parametrize(
    "payload",
    [
        payloads.notice("Hello", "en"),
        payloads.prompt("Which?", "ja", [{"title": "日本語", "payload": '/choose_language{"language":"ja"}'}]),
        payloads.answer("Nothing found.", "zh-Hant", status="no_answer", confidence=0.1),
    ],
)
def test_channels_can_read_it(payload: payloads.Payload) -> None:
    """The channels' own parser takes what is built here."""
    [message] = parse_reply(through_rasa(payload))
    assert payload["text"] == message.text
    assert payload["type"] == message.type


def test_ids_differ() -> None:
    """Feedback refers to one message, so no two share an id."""
    assert payloads.notice("a", "en")["id"] != payloads.notice("a", "en")["id"]
