"""What to do with the entries of a feed, given what is stored. Pure: it only computes."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from news_ingest.deciding.addresses import canonical_url
from news_ingest.deciding.renames import renames
from news_ingest.values import KnownArticle, ParsedEntry

_WIDE = r"\u2e80-\u303e\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# The space first: it is found many times faster than what stands before it.
_BETWEEN_WIDE = re.compile(rf" (?<=[{_WIDE}] )(?=[{_WIDE}])")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the entries are to the store, in the feed's order; each is in one of the first five heaps.

    `renamed`: old guid and entry of articles that came under another guid (their content may have changed, too).
    `colliding`: entries that share their guid with an earlier one and say something else; they can't be stored, the
    parser gives them guids of their own or leaves them out. An exact repetition is in no heap.

    `gone`: guids that the feed had and has no more, in the order of what is known; the articles stay. `relisted`:
    guids that were gone and are back; their entries are in `changed` or `unchanged`.
    """

    new: tuple[ParsedEntry, ...] = ()
    changed: tuple[ParsedEntry, ...] = ()
    unchanged: tuple[ParsedEntry, ...] = ()
    renamed: tuple[tuple[str, ParsedEntry], ...] = ()
    colliding: tuple[ParsedEntry, ...] = ()
    gone: tuple[str, ...] = ()
    relisted: tuple[str, ...] = ()


def content_digest(entry: ParsedEntry) -> str:
    """64 hex digits over what a reader would see: title, text, link, date and language.

    The same for the same words: how they are broken into lines, how accents are encoded and which way to the page is
    tracked does not count.
    """
    published = entry.published.astimezone(UTC).isoformat() if entry.published else None
    seen = [_words(entry.title), _words(entry.text), canonical_url(entry.url), published, entry.language]
    return hashlib.sha256(json.dumps(seen).encode("ascii")).hexdigest()


def decide(known: Mapping[str, KnownArticle], entries: Sequence[ParsedEntry], *, whole: bool) -> Decision:
    """Sort the entries; `known` are the feed's articles by guid.

    `whole`: nothing of the feed is missing, neither its end nor entries that could not be read. Only then something is
    gone or renamed, and never when the feed came empty.
    """
    first, colliding = _first_of_each_guid(entries)
    old_guids = renames(known, first) if whole else {}
    new, changed, unchanged, renamed = [], [], [], []
    for entry in first:
        article = known.get(entry.guid)
        if entry.guid in old_guids:
            renamed.append((old_guids[entry.guid], entry))
        elif article is None:
            new.append(entry)
        elif article.digest != content_digest(entry):
            changed.append(entry)
        else:
            unchanged.append(entry)
    present = {entry.guid for entry in first} | set(old_guids.values())
    missing = (guid for guid, article in known.items() if article.listed and guid not in present)
    return Decision(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        renamed=tuple(renamed),
        colliding=colliding,
        gone=tuple(missing) if whole and first else (),
        relisted=tuple(entry.guid for entry in first if entry.guid in known and not known[entry.guid].listed),
    )


def _first_of_each_guid(entries: Sequence[ParsedEntry]) -> tuple[list[ParsedEntry], tuple[ParsedEntry, ...]]:
    first: dict[str, ParsedEntry] = {}
    colliding = []
    for entry in entries:
        earlier = first.setdefault(entry.guid, entry)
        if earlier is not entry and content_digest(earlier) != content_digest(entry):
            colliding.append(entry)
    return list(first.values()), tuple(colliding)


def _words(text: str) -> str:
    """Composed, spaces of any kind as one; none between East Asian characters, where a line break means none."""
    # Nearly every text is composed already, and to see that takes a third of the time that composing it again does.
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return _BETWEEN_WIDE.sub("", " ".join(composed.split()))
