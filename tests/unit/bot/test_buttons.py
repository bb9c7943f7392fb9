"""Buttons carry an allowed intent that fits, or are refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import MAX_CALLBACK_BYTES, Choice, callback_data, parse_button
from bot.errors import ButtonRefused

ENTRY_IDS = st.from_regex(r"[a-z0-9.-]{1,32}", fullmatch=True)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ('/show_entry{"entry": "meters.what"}', Choice("show_entry", {"entry": "meters.what"})),
        ('/choose_language{"language":"zh-Hant"}', Choice("choose_language", {"language": "zh-Hant"})),
        ("/latest_news", Choice("latest_news")),
        ("/help{}", Choice("help")),
    ],
)
def test_allowed(payload: str, expected: Choice) -> None:
    """What the action server puts on buttons is understood."""
    assert parse_button(payload) == expected


@pytest.mark.parametrize(
    "payload",
    [
        "/restart",
        "/ask",
        "help",
        "/show_entry",
        '/show_entry{"entry": "../x"}',
        '/show_entry{"entry": "UPPER"}',
        '/show_entry{"entry": "a\\n"}',
        '/show_entry{"entry": "' + "a" * 33 + '"}',
        '/show_entry{"entry": 7}',
        '/show_entry{"entry": "a", "more": "b"}',
        '/choose_language{"language": "Polish"}',
        '/latest_news{"x": "y"}',
        "/help{" + "[" * 5_000 + "}",
        "",
    ],
)
def test_refused(payload: str) -> None:
    """Anything else is refused, never raised as something else."""
    with pytest.raises(ButtonRefused):
        parse_button(payload)


@given(ENTRY_IDS)
def test_round_trip_within_the_limit(entry: str) -> None:
    """Every entry id that the FAQ allows fits a Telegram button and comes back."""
    choice = Choice("show_entry", {"entry": entry})
    data = callback_data(choice)
    assert len(data.encode()) <= MAX_CALLBACK_BYTES
    assert parse_button(data) == choice
    assert parse_button(f"/show_entry{json.dumps({'entry': entry})}") == choice


def test_too_long_for_telegram() -> None:
    """Data beyond 64 bytes are refused, not cut."""
    with pytest.raises(ButtonRefused, match="64 bytes"):
        callback_data(Choice("show_entry", {"entry": "表" * 20}))


@given(st.text())
def test_any_text_is_parsed_or_refused(payload: str) -> None:
    """Callback data come from outside: nothing but a refusal may come out."""
    try:
        parse_button(payload)
    except ButtonRefused:
        return
