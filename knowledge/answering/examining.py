"""What the documents that were found hold for a question: all their passages looked at, in every language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.expected import Told
from knowledge.answering.features import Evidence
from knowledge.encoder import Encoder, Vectors
from knowledge.index.opening import Generation
from knowledge.retrieval.query import Query, QueryReader
from knowledge.retrieval.scoring import meaning_scores
from knowledge.segments.forward import keys
from knowledge.segments.segment import Segment

_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Examined:
    """`evidence` for each document, the share of the question's terms that stand anywhere in the index, what the first
    document tells of, and the question's vector (dimension,), if it has been looked at."""

    evidence: tuple[Evidence, ...]
    known: float
    told: Told
    vector: Vectors | None


class Examiner:
    """Looks into one generation. Safe to use from several threads."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self._generation = generation
        self._told = lru_cache(maxsize=_REMEMBERED)(self._told_by)
        self._reader = QueryReader(encoder, generation.lexical, pieces_weigh=1.0)

    def examine(self, question: str, document_ids: Sequence[str]) -> Examined:
        """What documents of the generation, at least one, say to a question; those not there hold nothing."""
        query = self._reader.read(question)
        evidence = tuple(self._of_document(name, query) for name in document_ids)
        return Examined(evidence, self._known(query), self._told(document_ids[0]), query.vector)

    def _of_document(self, document_id: str, query: Query) -> Evidence:
        near, held = [], np.zeros(len(query.terms.hashes), dtype=bool)
        for segment, numbers in self._versions(document_id):
            wholes = segment.vectors.vectors(numbers + segment.first_id) @ query.vector
            dense, _ = meaning_scores(segment.sentences, segment.forward, numbers, wholes, query.vector)
            near.append(max(float(dense.max()), 0.0))
            # A document's passages stand together; its contrasts are among them, and have no terms.
            first, end = segment.forward.rows[[numbers[0], numbers[-1] + 1]]
            bounds = segment.forward.bounds
            held |= np.isin(query.terms.hashes, segment.forward.terms[bounds[first] : bounds[end]])
        share = float(query.terms.weights[held].sum()) / (query.terms.total or 1.0)
        return Evidence(max(near, default=0.0), sum(near) / max(len(near), 1), min(near, default=0.0), share)

    def _told_by(self, document_id: str) -> Told:
        return Told.by(
            segment.documents[position]
            for segment, removed in zip(self._generation.segments, self._generation.removed, strict=True)
            for position in segment.versions.get(document_id, ())
            if position not in removed
        )

    def _known(self, query: Query) -> float:
        """The share of the question's terms, by weight, that stand in any passage."""
        if not query.terms.total:
            return 0.0
        there = [self._generation.lexical.document_frequency(key) > 0 for key in keys(query.terms.hashes)]
        return float(query.terms.weights[there].sum()) / query.terms.total

    def _versions(self, document_id: str) -> Iterator[tuple[Segment, NDArray[np.int64]]]:
        """The passages, but contrasts, of a document in each language: positions in a segment."""
        for segment, removed in zip(self._generation.segments, self._generation.removed, strict=True):
            for position in segment.versions.get(document_id, ()):
                if position not in removed:
                    first, end = np.searchsorted(segment.owners, [position, position + 1])
                    numbers = np.arange(first, end)
                    yield segment, numbers[~segment.contrasts[numbers]]
