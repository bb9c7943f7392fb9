"""What the documents that were found hold for a question: all their passages looked at, in every language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.features import Evidence
from knowledge.encoder import Encoder
from knowledge.index.opening import Generation
from knowledge.retrieval.query import Query, QueryReader
from knowledge.retrieval.scoring import meaning_scores
from knowledge.segments.forward import keys
from knowledge.segments.segment import Segment


@dataclass(frozen=True, slots=True)
class Examined:
    """`evidence` for each document, and the share of the question's terms that stand anywhere in the index."""

    evidence: tuple[Evidence, ...]
    known: float


class Examiner:
    """Looks into one generation. Safe to use from several threads."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self._generation = generation
        self._reader = QueryReader(encoder, generation.lexical, pieces_weigh=1.0)

    def examine(self, question: str, document_ids: Sequence[str]) -> Examined:
        """What documents of the generation say to a question; those that are not there hold nothing."""
        query = self._reader.read(question)
        evidence = tuple(self._of_document(name, query) for name in document_ids)
        return Examined(evidence, self._known(query))

    def _of_document(self, document_id: str, query: Query) -> Evidence:
        near, held = [], np.zeros(len(query.terms.hashes), dtype=bool)
        for segment, numbers in self._versions(document_id):
            wholes = segment.vectors.vectors(numbers + segment.first_id) @ query.vector
            dense, _ = meaning_scores(segment.sentences, segment.forward, numbers, wholes, query.vector)
            near.append(max(float(dense.max()), 0.0))
            rows = segment.forward.rows[numbers], segment.forward.rows[numbers + 1]
            for first, end in zip(*rows, strict=True):
                bounds = segment.forward.bounds
                held |= np.isin(query.terms.hashes, segment.forward.terms[bounds[first] : bounds[end]])
        share = float(query.terms.weights[held].sum()) / (query.terms.total or 1.0)
        return Evidence(max(near, default=0.0), sum(near) / max(len(near), 1), min(near, default=0.0), share)

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
