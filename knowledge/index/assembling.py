"""The files of a new generation: segments shared with the one before it, a new one, and the lexical index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.index.arriving import Arriving
from knowledge.index.base import Base
from knowledge.index.files import share_tree
from knowledge.index.generations import LEXICAL, SEGMENTS
from knowledge.index.holds import Key
from knowledge.index.ledger import Entry, write_ledger
from knowledge.index.manifest import SegmentRecord
from knowledge.index.opening import open_segment
from knowledge.index.updating import Changes, Load, segments_to_merge
from knowledge.segments.lexical import LexicalWriter
from knowledge.segments.segment import Progress, Segment


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from one generation to the next.

    `now` holds at least the documents added and changed, `checksums` those of all that are then in force. `anew`
    writes even unchanged documents into a new segment; `reuse` takes their vectors from where they are. `symbolic`:
    see `knowledge.index.files.share_tree`.
    """

    base: Base | None
    changes: Changes
    now: Mapping[Key, Document]
    checksums: Mapping[Key, str]
    next_id: int
    anew: bool = False
    reuse: bool = True
    symbolic: bool = False


def assemble(
    folder: Path, name: str, step: Step, encoder: Encoder, progress: Progress
) -> tuple[tuple[SegmentRecord, ...], int]:
    """Write segments and lexical index below `folder`; gives the segments' records and the next free passage id.

    `name` becomes the new segment's, with the id of its first passage where another has it already. Raises
    `IndexCorrupt` where the base turns out damaged, `OSError` when the disk is full.
    """
    records = _without_gone(step)
    merged = _merged(step, records)
    documents = _arriving(step, records, merged)
    shared = tuple(record for number, record in enumerate(records) if number not in merged)
    for record in shared:
        assert step.base is not None
        place = Path(SEGMENTS) / record.name
        share_tree(step.base.folder / place, folder / place, symbolic=step.symbolic)
    if name in {record.name for record in shared}:  # built in a folder of its own, or by a clock that was set back
        name = f"{name}-{step.next_id}"
    words = partial(_write_lexical, folder, step, merged, shared=bool(shared))
    if not documents:
        words(())
        return shared, step.next_id
    place = folder / SEGMENTS / name
    place.mkdir(parents=True)
    segment = Segment.write(place, documents, step.next_id, encoder, progress, documents.vectors, words)
    passages = np.bincount(segment.owners, minlength=len(documents)).tolist()
    write_ledger(place, _entries(step, documents.keys, passages))
    record = SegmentRecord(name, step.next_id, len(documents), sum(passages), (), 0)
    return (*shared, record), step.next_id + record.passages


def _entries(step: Step, keys: Sequence[Key], passages: Sequence[int]) -> Iterator[Entry]:
    for key, count in zip(keys, passages, strict=True):
        yield Entry(*key, step.checksums[key], count)


def _without_gone(step: Step) -> list[SegmentRecord]:
    """The base's records, with what is changed or removed marked as out of force."""
    if step.base is None:
        return []
    gone = _gone(step)
    records = []
    for number, record in enumerate(step.base.manifest.segments):
        positions = gone.get(number, [])
        passages = sum(step.base.ledgers[number].passages[position] for position in positions)
        removed = tuple(sorted({*record.removed, *positions}))
        records.append(replace(record, removed=removed, removed_passages=record.removed_passages + passages))
    return records


def _gone(step: Step) -> dict[int, list[int]]:
    """Positions, by segment, of the documents that this step takes out of force."""
    found: dict[int, list[int]] = {}
    if step.base is not None:
        for key in (*step.changes.changed, *step.changes.removed):
            number, position = step.base.places[key]
            found.setdefault(number, []).append(position)
    return found


def _merged(step: Step, records: list[SegmentRecord]) -> frozenset[int]:
    if step.anew:
        return frozenset(range(len(records)))
    loads = [Load(record.passages - record.removed_passages, record.removed_passages) for record in records]
    return frozenset(segments_to_merge(loads, len(step.changes.added) + len(step.changes.changed)))


def _arriving(step: Step, records: list[SegmentRecord], merged: frozenset[int]) -> Arriving:
    moving: list[tuple[Segment, int]] = []
    for number in sorted(merged):
        assert step.base is not None
        record = records[number]
        if len(record.removed) < record.documents:
            segment = open_segment(step.base.folder, record)
            moving += ((segment, at) for at in sorted({*range(record.documents)} - {*record.removed}))
    return Arriving((*step.changes.added, *step.changes.changed), step.now, moving, reuse=step.reuse)


def _write_lexical(
    folder: Path, step: Step, merged: frozenset[int], passages: Iterable[tuple[int, str]], *, shared: bool
) -> None:
    """The new generation's lexical index, made from the base's where there is anything to take over."""
    if not shared or step.base is None:
        with LexicalWriter.new(folder) as writer:
            writer.add_all(passages)
        return
    share_tree(step.base.folder / LEXICAL, folder / LEXICAL, symbolic=step.symbolic)
    with LexicalWriter.changing(folder) as writer:
        writer.remove(_ids_leaving(step, merged))
        writer.add_all(passages)


def _ids_leaving(step: Step, merged: frozenset[int]) -> Iterator[int]:
    """Passages that the lexical index holds, and that go out of force or get another id in the new segment."""
    assert step.base is not None
    for number, positions in _gone(step).items():
        if number not in merged:
            yield from step.base.passage_ids(number, positions)
    for number in merged:
        entries = step.base.entries_in_force(number, step.base.manifest.segments[number])
        yield from step.base.passage_ids(number, (position for position, _ in entries))
