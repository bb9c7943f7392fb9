"""Replies are parsed as agreed, or named as malformed."""

import json
from typing import Any

import pytest

from bot.errors import MalformedReply, RasaUnavailable
from bot.payloads import Answer, Notice, parse_reply

ANSWER: dict[str, Any] = {
    "type": "answer",
    "id": "1",
    "status": "answered",
    "language": "ja",
    "text": "はい。",
    "confidence": 0.8,
    "buttons": [{"title": "A", "payload": "/help"}],
    "sources": [
        {"id": "faq:a", "kind": "faq", "title": "A", "url": "https://a.example", "published": "2018-04-03",
         "language": "en", "quote": None, "sample": False, "url_is_home_page": True}
    ],
    "a field of the future": 1,
}  # fmt: skip


def reply(*messages: object) -> bytes:
    return json.dumps([{"recipient_id": "1", "custom": message} for message in messages]).encode()


def test_as_agreed() -> None:
    """Types are told apart; unknown fields are passed over."""
    notice = {"type": "notice", "id": "2", "language": "en", "text": "Hello", "buttons": []}
    first, second = parse_reply(reply(ANSWER, notice))
    assert isinstance(first, Answer)
    assert first.sources[0].url_is_home_page
    assert isinstance(second, Notice)
    assert parse_reply(b"[]") == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b'[{"recipient_id": "1", "text": "plain text"}]',
        reply({**ANSWER, "type": "riddle"}),
        reply({**ANSWER, "language": 5}),
        reply({**ANSWER, "text": ""}),
        reply({**ANSWER, "sources": [{"id": "x"}]}),
    ],
)
def test_malformed(body: bytes) -> None:
    """Channels treat it like an unavailable server, the log says what is wrong."""
    with pytest.raises(MalformedReply, match="not as agreed: ") as caught:
        parse_reply(body)
    assert isinstance(caught.value, RasaUnavailable)
