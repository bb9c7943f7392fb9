"""The port on this machine: FAISS and tantivy in one folder.

    store.json              {"dimension": 352, "segments": {"1": [ids removed from it], …}}
    segments/1/             vectors that were added together; never changed
    lexical/                terms of all passages

Vectors are added as segments and removed by naming them; what is searched through for nothing is bounded by merging.
`store.json` decides: what is in other files only, after a crash, is not found, and is overwritten when added again.
"""

import heapq
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from knowledge.encoder import Vectors
from knowledge.index.files import write_atomically
from knowledge.segments.lexical import LexicalIndex
from knowledge.segments.vectors import VectorIndex
from knowledge.stores.errors import DuplicatePassage, StoreDamaged, UnknownPassage, WrongDimension
from knowledge.stores.port import Ids, Scored, check_added, check_query

STATE, SEGMENTS = "store.json", "segments"
MOST_SEGMENTS = 8
MOST_REMOVED = 0.1
"""Share of removed vectors at which all are merged into one segment."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment and what was removed from it."""

    name: str
    vectors: VectorIndex
    removed: frozenset[int]


class LocalStore:
    """A `PassageStore` in a folder, for one process that writes; opening it again finds what was added."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the store in `folder`, or make an empty one. Raises `StoreDamaged` or `WrongDimension`."""
        self._folder, self._dimension = folder, dimension
        if not (folder / STATE).exists():
            shutil.rmtree(folder / SEGMENTS, ignore_errors=True)
            shutil.rmtree(folder / "lexical", ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            LexicalIndex.build(folder, [])
            self._parts: tuple[_Part, ...] = ()
            self._save()
        try:
            state = json.loads((folder / STATE).read_text(encoding="utf-8"))
            found = int(state["dimension"])
            self._parts = tuple(
                _Part(name, VectorIndex.load(folder / SEGMENTS / name), frozenset(removed))
                for name, removed in state["segments"].items()
            )
            self._lexical = LexicalIndex.load(folder)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
            raise StoreDamaged(str(folder), str(error)) from error
        if found != dimension:
            raise WrongDimension(dimension, found)
        self._live = frozenset(chain.from_iterable(_live(part) for part in self._parts))

    @property
    def dimension(self) -> int:
        return self._dimension

    def __len__(self) -> int:
        return len(self._live)

    def add(self, ids: Ids, vectors: Vectors, terms: Sequence[Sequence[str]]) -> None:
        check_added(ids, vectors, terms, self._dimension)
        given = ids.tolist()
        if there := self._live.intersection(given):
            raise DuplicatePassage(there)
        if not given:
            return
        part = self._write(vectors, ids)
        # What an interrupted call left of these ids goes first.
        self._lexical = LexicalIndex.update(self._folder, zip(given, map(tuple, terms), strict=True), given)
        self._parts = (*self._parts, part)
        self._settle()

    def remove(self, ids: Ids) -> None:
        gone = self._live.intersection(ids.tolist())
        if not gone:
            return
        self._parts = tuple(
            replace(part, removed=part.removed | gone.intersection(part.vectors.ids.tolist())) for part in self._parts
        )
        self._settle()
        self._lexical = LexicalIndex.update(self._folder, [], sorted(gone))

    def dense(self, query: Vectors, k: int, among: Ids | None = None) -> list[Scored]:
        check_query(query, self._dimension)
        found: list[Scored] = []
        for part in self._parts:
            ids, scores = part.vectors.search(query, k, part.removed, among)
            found.extend(zip(ids.tolist(), scores.tolist(), strict=True))
        return heapq.nlargest(k, found, key=lambda hit: hit[1])

    def lexical(self, terms: Iterable[str], k: int) -> list[Scored]:
        wanted = list(terms)
        if not wanted or k <= 0:
            return []
        return [hit for hit in self._lexical.search(wanted, k) if hit[0] in self._live]

    def vectors(self, ids: Ids) -> Vectors:
        if missing := set(ids.tolist()) - self._live:
            raise UnknownPassage(missing)
        found = np.zeros((len(ids), self._dimension), dtype=np.float32)
        for part in self._parts:
            here = np.isin(ids, _live(part))
            found[here] = part.vectors.vectors(ids[here])
        return found

    def close(self) -> None:
        """Nothing stays open that would have to be closed: files are mapped, and go when the store does."""

    def _write(self, vectors: Vectors, ids: Ids) -> _Part:
        """A new segment on the disk; not part of the store until `store.json` names it."""
        name = str(1 + max((int(part.name) for part in self._parts), default=0))
        folder = self._folder / SEGMENTS / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        VectorIndex.build(vectors, ids).save(folder)
        return _Part(name, VectorIndex.load(folder), frozenset())

    def _settle(self) -> None:
        """Merge what has become too many pieces, and make the present state the one that holds."""
        self._live = frozenset(chain.from_iterable(_live(part) for part in self._parts))
        stored = sum(len(part.vectors) for part in self._parts)
        if len(self._parts) > MOST_SEGMENTS or stored - len(self._live) > MOST_REMOVED * stored:
            ids = np.array(sorted(self._live), dtype=np.int64)
            self._parts = (self._write(self.vectors(ids), ids),) if len(ids) else ()
        self._save()
        for path in (self._folder / SEGMENTS).glob("*"):
            if path.name not in {part.name for part in self._parts}:
                shutil.rmtree(path)

    def _save(self) -> None:
        state = {"dimension": self._dimension, "segments": {part.name: sorted(part.removed) for part in self._parts}}
        write_atomically(self._folder / STATE, json.dumps(state) + "\n")


def _live(part: _Part) -> list[int]:
    return [passage for passage in part.vectors.ids.tolist() if passage not in part.removed]
