"""An editor adds an entry: it is answered without training and without a restart; nobody who chats notices."""

from pathlib import Path

from citydesk.settings import Settings
from citydesk.wiring import build_index
from tests.e2e.conftest import Conversation, quiet

ENTRY = """
  - id: meters.colour
    question: What colour is the box of the smart gas meter?
    variants:
      - Is the smart gas meter's box blue or green?
    answer: The box of the smart gas meter on show was green. This is a test entry.
    source: city-sample
    updated: 2026-11-24
    sample: true
"""


def test_a_new_entry_is_answered_at_once(service: Settings) -> None:
    """Whatever the model does not know goes to retrieval, and retrieval knows it after `reindex`."""
    question = "Is the smart gas meter's box blue or green?"
    pointer = service.index_dir / "CURRENT"
    name = pointer.read_text(encoding="utf-8")
    path: Path = service.content_dir / "faq" / "en" / "smart-meters.yml"
    original = path.read_text(encoding="utf-8")
    someone = Conversation(service)
    [before] = someone.say(question)
    assert "faq:meters.colour" not in [source["id"] for source in before["sources"]]
    try:
        path.write_text(original.rstrip("\n") + "\n" + ENTRY, encoding="utf-8")
        assert build_index(service, quiet).changed
        [after] = someone.say(question)
    finally:
        path.write_text(original, encoding="utf-8")
        pointer.write_text(name, encoding="utf-8")  # the generation before is kept
    assert ["faq:meters.colour"] == [source["id"] for source in after["sources"]]
    assert after["sources"][0]["sample"]


def test_a_damaged_index_does_not_stop_who_is_chatting(service: Settings) -> None:
    """Readers keep the generation that they have until a whole one is named."""
    pointer = service.index_dir / "CURRENT"
    name = pointer.read_text(encoding="utf-8")
    someone = Conversation(service)
    someone.say("三表是什麼")
    try:
        pointer.write_text("nowhere\n", encoding="utf-8")
        [payload] = someone.say("三表是什麼")
    finally:
        pointer.write_text(name, encoding="utf-8")
    assert "answered" == payload["status"]
