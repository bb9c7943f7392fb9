"""The reader's language: chosen, written, written before, told by the client, English."""

from pathlib import Path
from typing import Any

import pytest

from actions.conversation import read_turn, reader_language
from wording.languages import Languages

LANGUAGES = Languages.read(Path("content/languages.yml"))


def user(text: str, client: str | None = None) -> dict[str, Any]:
    return {"event": "user", "text": text, "metadata": {"client_language": client}}


@pytest.mark.parametrize(
    ("chosen", "text", "earlier", "client", "expected"),
    [
        ("ja", "What are the three meters?", [], "en", "ja"),
        (None, "三表是什麼", [], "en", "zh-Hant"),
        (None, "スマートメーターとは", [], "en", "ja"),
        (None, "ok", ["三表是什麼"], "en", "zh-Hant"),
        (None, '/show_entry{"entry":"a"}', ["何ですか"], "en", "ja"),
        (None, '/show_entry{"entry":"a"}', ['/choose_language{"language":"x"}'], "zh-TW", "zh-Hant"),
        (None, "🎉", [], "ja-JP", "ja"),
        (None, "🎉", [], "de", "en"),
        (None, "🎉", [], "pl", "pl"),
        (None, "GO SMART 2019", [], "pl", "pl"),
        (None, "smart meters", [], "ja", "en"),
        (None, "GO SMART 2019", ["Ile jest zon?"], "en", "pl"),
        (None, "営業時間は？", ["Ile jest zon?"], "pl", "ja"),
        (None, "智能电表是什么", [], "en", "zh-Hans"),
        (None, "", [], None, "en"),
    ],
)
def test_order(chosen: str | None, text: str, earlier: list[str], client: str | None, expected: str) -> None:
    """Each rule counts only where those before it say nothing."""
    latest = user(text, client)
    events = [*(user(line, client) for line in earlier), latest]
    assert expected == reader_language({"chosen_language": chosen}, latest, events, LANGUAGES)


def test_metadata_of_the_event_counts_when_the_message_has_none() -> None:
    """rasa-sdk's latest message carries no metadata in some versions; the event always does."""
    assert "ja" == reader_language({}, {"text": "ok"}, [user("ok", "ja")], LANGUAGES)


def test_a_turn_has_its_entities() -> None:
    """What a button carries arrives by name."""
    message = {"text": "x", "entities": [{"entity": "entry", "value": "meters.what"}]}
    assert {"entry": "meters.what"} == dict(read_turn({}, message, [], LANGUAGES).entities)


def test_an_empty_tracker_is_survived() -> None:
    """A request without anything is answered in English, not with an error."""
    turn = read_turn({}, {}, [], LANGUAGES)
    assert ("", "en") == (turn.text, turn.language)
