"""All passages in force of a generation, whichever segment they are in: candidates for a question, documents by id."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.encoder import Vectors
from knowledge.index.opening import Generation
from knowledge.retrieval.filters import Filters
from knowledge.retrieval.query import Query
from knowledge.retrieval.ranking import Mode, same_language
from knowledge.segments.lexical import LexicalIndex
from knowledge.segments.segment import Segment

_WIDER = 10
"""How many times as many words' hits are taken where a filter will drop most of them."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages of one segment: `numbers` (n,), positions in it, and `cosines` (n,) with the question."""

    numbers: NDArray[np.int64]
    cosines: Vectors


@dataclass(slots=True)
class Found:
    """Candidates of all segments; `contrast` is the cosine of the nearest question that nothing answers (-1: none)."""

    contrast: float = -1.0
    parts: list[tuple[Segment, Candidates]] = field(default_factory=list)


class _Part:
    """A segment, and which of its passages are in force."""

    def __init__(self, segment: Segment, removed: frozenset[int], hidden: frozenset[str]) -> None:
        gone = {*removed, *(position for name in hidden for position in segment.versions.get(name, ()))}
        self.segment, self.gone = segment, gone
        self.alive = ~np.isin(segment.owners, np.fromiter(gone, np.int64, len(gone)))
        self.dead_ids = segment.ids[~self.alive]

    def allowed(self, filters: Filters | None) -> NDArray[np.bool_]:
        """Which passages may be found, shape (passages,)."""
        if filters is None:
            return self.alive
        fitting = np.array([filters.allows(document) for document in self.segment.documents], dtype=bool)
        allowed: NDArray[np.bool_] = self.alive & fitting[self.segment.owners]
        return allowed


class Pool:
    """The segments of a generation as one."""

    def __init__(self, generation: Generation, hidden: frozenset[str] = frozenset()) -> None:
        pairs = zip(generation.segments, generation.removed, strict=True)
        self._parts = [_Part(segment, removed, hidden) for segment, removed in pairs]
        self._lexical: LexicalIndex = generation.lexical
        self._firsts = np.array([part.segment.first_id for part in self._parts], dtype=np.int64)
        terms = sum(int(part.segment.forward.bounds[-1]) for part in self._parts)
        passages = sum(int((~part.segment.contrasts).sum()) for part in self._parts)
        self.average_length = terms / max(passages, 1)
        self.languages = frozenset().union(*(part.segment.languages for part in self._parts))

    def documents(self) -> Iterator[Document]:
        """Every document that can be found."""
        for part in self._parts:
            yield from (document for at, document in enumerate(part.segment.documents) if at not in part.gone)

    def versions(self, document_id: str) -> Iterator[Document]:
        """The document in each language that it is in."""
        for part in self._parts:
            for position in part.segment.versions.get(document_id, ()):
                if position not in part.gone:
                    yield part.segment.documents[position]

    def speaks(self, document_id: str, language: str) -> bool:
        """Whether the document is in this language, whichever script or country the tags name."""
        return any(
            same_language(part.segment.documents.keys[position][1], language)
            for part in self._parts
            for position in part.segment.versions.get(document_id, ())
            if position not in part.gone
        )

    def candidates(self, query: Query, count: int, mode: Mode, filters: Filters | None) -> Found:
        """The passages nearest in meaning and those with most of the words, up to `count` of each in all."""
        allowed = [part.allowed(filters) for part in self._parts]
        numbers = [
            self._near(part, query, count, mask, filters is not None, mode)
            for part, mask in zip(self._parts, allowed, strict=True)
        ]
        if mode != "dense":
            for words in (query.keys, query.bridge_keys):
                for part_number, found in self._worded(words, count, allowed, filters is not None).items():
                    numbers[part_number] = np.concatenate([numbers[part_number], found])
        return self._found(query, numbers)

    def _near(
        self, part: _Part, query: Query, count: int, allowed: NDArray[np.bool_], filtered: bool, mode: Mode
    ) -> NDArray[np.int64]:
        if mode == "lexical" or not query.vector.any():
            return np.zeros(0, np.int64)
        without = part.segment.ids[~allowed] if filtered else part.dead_ids
        ids, _ = part.segment.vectors.search(query.vector, count, without if len(without) else None)
        found: NDArray[np.int64] = ids[ids >= 0] - part.segment.first_id
        return found

    def _worded(
        self, words: Sequence[str], count: int, allowed: list[NDArray[np.bool_]], filtered: bool
    ) -> dict[int, NDArray[np.int64]]:
        hits = self._lexical.search(words, count * (_WIDER if filtered else 1))
        ids = np.array([number for number, _ in hits], dtype=np.int64)
        owners = np.searchsorted(self._firsts, ids, side="right") - 1
        found = {}
        for part_number in np.unique(owners).tolist():
            numbers = ids[owners == part_number] - self._firsts[part_number]
            found[part_number] = numbers[allowed[part_number][numbers]][:count]
        return found

    def _found(self, query: Query, numbers: list[NDArray[np.int64]]) -> Found:
        found = Found()
        for part, several in zip(self._parts, numbers, strict=True):
            if not len(several):
                continue
            mine = np.array(sorted(set(several.tolist())), dtype=np.int64)
            cosines = np.einsum("ij,j->i", part.segment.vectors.vectors(mine + part.segment.first_id), query.vector)
            against = part.segment.contrasts[mine]
            if against.any():
                found.contrast = max(found.contrast, float(cosines[against].max()))
            if not against.all():
                found.parts.append((part.segment, Candidates(mine[~against], cosines[~against])))
        return found
