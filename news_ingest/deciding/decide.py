"""What to do with the entries of a feed, given what is stored. Pure: it only computes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from news_ingest.values import ParsedEntry


@dataclass(frozen=True, slots=True)
class Decision:
    """Entries by what they are to the store. Articles that the feed no longer lists are not touched."""

    new: tuple[ParsedEntry, ...] = ()
    changed: tuple[ParsedEntry, ...] = ()
    unchanged: tuple[ParsedEntry, ...] = ()


def content_digest(entry: ParsedEntry) -> str:
    """64 hex digits over what a reader would see: cleaned title, text, link and date."""
    seen = [entry.title, entry.text, entry.url, entry.published.isoformat() if entry.published else None]
    return hashlib.sha256(json.dumps(seen).encode("ascii")).hexdigest()


def decide(known: Mapping[str, str], entries: Sequence[ParsedEntry]) -> Decision:
    """Sort the entries; `known` maps guid to the stored digest."""
    new, changed, unchanged = [], [], []
    for entry in entries:
        digest = known.get(entry.guid)
        if digest is None:
            new.append(entry)
        elif digest != content_digest(entry):
            changed.append(entry)
        else:
            unchanged.append(entry)
    return Decision(tuple(new), tuple(changed), tuple(unchanged))
