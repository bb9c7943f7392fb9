"""The decider: what is new, changed or unchanged, from stored digests and parsed entries alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.decide import content_digest, decide
from news_ingest.values import ParsedEntry

ENTRY = ParsedEntry("g1", "https://city.example/1", "Title", "Text", "en", datetime(2018, 4, 3, tzinfo=UTC))
OTHER = replace(ENTRY, guid="g2", title="Other")
DIGEST = content_digest(ENTRY)


@pytest.mark.parametrize(
    ("known", "entries", "new", "changed", "unchanged"),
    [
        ({}, [], "", "", ""),
        ({}, [ENTRY], "g1", "", ""),
        ({"g1": DIGEST}, [], "", "", ""),
        ({"g1": DIGEST}, [ENTRY], "", "", "g1"),
        ({"g1": "0" * 64}, [ENTRY], "", "g1", ""),
        ({"g2": DIGEST}, [ENTRY], "g1", "", ""),
        ({"g1": DIGEST}, [ENTRY, OTHER], "g2", "", "g1"),
        ({"g1": DIGEST, "g2": "0" * 64}, [OTHER, ENTRY], "", "g2", "g1"),
        ({"g1": DIGEST, "gone": DIGEST}, [ENTRY], "", "", "g1"),
        ({}, [OTHER, ENTRY], "g2 g1", "", ""),
    ],
)
def test_decision(known: Mapping[str, str], entries: list[ParsedEntry], new: str, changed: str, unchanged: str) -> None:
    """Each entry lands in one heap, in the feed's order; what the feed no longer lists lands in none."""
    decision = decide(known, entries)
    heaps = (decision.new, decision.changed, decision.unchanged)
    assert [new, changed, unchanged] == [" ".join(entry.guid for entry in heap) for heap in heaps]


@pytest.mark.parametrize(
    "edited",
    [
        replace(ENTRY, title="Title!"),
        replace(ENTRY, text="Text, corrected"),
        replace(ENTRY, url="https://city.example/2"),
        replace(ENTRY, published=datetime(2018, 4, 4, tzinfo=UTC)),
        replace(ENTRY, published=None),
        replace(ENTRY, title="Tit", text="leText"),
    ],
)
def test_every_visible_edit_changes_the_digest(edited: ParsedEntry) -> None:
    """A correction must not be lost."""
    assert content_digest(edited) != DIGEST


def test_guid_is_no_content() -> None:
    """A new guid for the same words is the same content."""
    same = replace(ENTRY, guid="else")
    assert DIGEST == content_digest(same)
    assert len(DIGEST) == 64


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_heaps_are_a_partition(guids: list[str], known: set[str]) -> None:
    """No entry is lost, none is in two heaps."""
    entries = [replace(ENTRY, guid=guid) for guid in guids]
    decision = decide(dict.fromkeys(known, DIGEST), entries)
    assert sorted(guids) == sorted(e.guid for e in (*decision.new, *decision.changed, *decision.unchanged))
    assert not known & {entry.guid for entry in decision.new}
