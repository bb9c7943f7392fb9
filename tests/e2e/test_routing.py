"""Utterances written by somebody who had not seen the training data reach the right place."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from citydesk.settings import PROJECT_ROOT, Settings
from tests.e2e.conftest import Conversation
from wording import messages
from wording.catalogue import Wording

ROUTING = YAML(typ="safe").load(Path(__file__).parents[1] / "questions" / "routing.yml")
REPLIES = {
    "greet": messages.GREETING,
    "thanks": messages.THANKS,
    "goodbye": messages.GOODBYE,
    "help": messages.HELP,
    "human": messages.HUMAN,
    "emergency": messages.EMERGENCY,
}
FLOORS = {"emergency": 0.95}
FLOOR = 0.8
"""Share of utterances, all languages together, that must get the intent's own reply."""


def arrives(intent: str, payload: dict[str, object], words: Wording) -> bool:
    """Whether a reply is the one that this intent is for."""
    if intent == "latest_news":
        sources = payload.get("sources")
        return isinstance(sources, list) and len(sources) > 1
    if intent == "choose_language":
        openings = {words.text(messages.CHOOSE_LANGUAGE, language) for language in ("en", "zh-Hant", "ja")}
        chosen = {words.text(messages.LANGUAGE_CHOSEN, tag, language="") for tag in ("en", "zh-Hant", "ja")}
        text = str(payload["text"])
        return text in openings or any(text.startswith(start.split("  ")[0][:5]) for start in chosen)
    return payload["text"] == words.text(REPLIES[intent], str(payload["language"]))


@pytest.mark.parametrize("intent", ROUTING)
def test_an_intent_is_understood(service: Settings, intent: str) -> None:
    """Emergencies nearly always, the rest mostly; what is missed goes to retrieval, not to another small talk."""
    words = Wording(PROJECT_ROOT / "content")
    missed, count = [], 0
    for asked in ROUTING[intent].values():
        for text in asked:
            count += 1
            first = Conversation(service).say(text)[0]
            if not arrives(intent, first, words):
                missed.append((text, first["text"]))
    assert len(missed) <= count * (1 - FLOORS.get(intent, FLOOR)), missed
