"""The generation that an update starts from, as far as a builder needs to know it: not one document is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, repeat
from pathlib import Path

from knowledge.errors import IndexCorrupt
from knowledge.index.files import verify
from knowledge.index.generations import SEGMENTS
from knowledge.index.holds import Key
from knowledge.index.ledger import Entry, Ledger, read_ledger
from knowledge.index.manifest import Manifest, SegmentRecord, read_manifest


@dataclass(frozen=True)
class Base:
    """A generation's manifest, and what each of its segments holds."""

    folder: Path
    manifest: Manifest
    ledgers: tuple[Ledger, ...]

    @classmethod
    def open(cls, folder: Path, *, thorough: bool = False) -> "Base":
        """Read and verify; large files are hashed only when `thorough`. Raises `IndexProblem`."""
        manifest = read_manifest(folder)
        verify(folder, manifest.files, large=thorough)
        return cls(folder, manifest, tuple(_ledger(folder, record) for record in manifest.segments))

    @cached_property
    def places(self) -> dict[Key, tuple[int, int]]:
        """Where each document in force is: number of its segment, position in it."""
        places: dict[Key, tuple[int, int]] = {}
        for number, (record, ledger) in enumerate(zip(self.manifest.segments, self.ledgers, strict=True)):
            here = dict(zip(ledger.keys, zip(repeat(number), count()), strict=False))
            for position in record.removed:
                del here[ledger.keys[position]]
            places.update(here)
        return places

    @cached_property
    def checksums(self) -> dict[Key, str]:
        """Checksums of the documents in force."""
        return {key: self.ledgers[number].checksums[position] for key, (number, position) in self.places.items()}

    def entries_in_force(self, number: int, record: SegmentRecord) -> Iterator[tuple[int, Entry]]:
        """Position and entry of the documents of one segment that are in force."""
        removed = set(record.removed)
        for position, entry in enumerate(self.ledgers[number]):
            if position not in removed:
                yield position, entry

    def passage_ids(self, number: int, positions: Iterable[int]) -> Iterator[int]:
        """Global ids of the passages of these documents of one segment."""
        bounds = [0, *accumulate(self.ledgers[number].passages)]
        first = self.manifest.segments[number].first_id
        for position in positions:
            yield from range(first + bounds[position], first + bounds[position + 1])


def _ledger(folder: Path, record: SegmentRecord) -> Ledger:
    try:
        ledger = read_ledger(folder / SEGMENTS / record.name)
    except (OSError, ValueError) as error:
        raise IndexCorrupt(folder, f"the ledger of segment {record.name} cannot be read") from error
    if (len(ledger), sum(ledger.passages)) != (record.documents, record.passages):
        raise IndexCorrupt(folder, f"the ledger of segment {record.name} holds other documents than the manifest says")
    return ledger
