"""How well a few documents fit many questions: scored one by one, without a search over all there is."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors
from knowledge.retrieval.query import Query
from knowledge.retrieval.ranking import BM25_WEIGHT, BRIDGE_WEIGHT, COVERAGE_WEIGHT, DENSE_WEIGHT
from knowledge.retrieval.scoring import meaning_scores, word_scores
from knowledge.segments.segment import Segment


def passages_of(segment: Segment, positions: Collection[int]) -> NDArray[np.int64]:
    """The passages, but contrasts, of the documents at `positions`, ascending."""
    own = np.isin(segment.owners, np.fromiter(positions, np.int64, len(positions)))
    return np.flatnonzero(own & ~segment.contrasts)


def nearest(segment: Segment, passages: NDArray[np.int64], queries: Sequence[Query]) -> list[tuple[float, int]]:
    """For each of `queries` the fused score (0 to 1) of the best of `passages`, and its document's position.

    Passages count as if they were as long on average as these are, so that a score is near what a search would give,
    not the same. Raises `ValueError` without passages.
    """
    vectors = segment.vectors.vectors(passages + segment.first_id)
    bounds = segment.forward.bounds[segment.forward.rows]
    length = float((bounds[passages + 1] - bounds[passages]).mean())
    found = []
    for query in queries:
        scores = _fused(segment, passages, vectors, query, length)
        best = int(scores.argmax())
        found.append((float(scores[best]), int(segment.owners[passages[best]])))
    return found


def _fused(
    segment: Segment, passages: NDArray[np.int64], vectors: Vectors, query: Query, average_length: float
) -> Vectors:
    """Scores of the passages, shape (passages,)."""
    cosines = np.einsum("ij,j->i", vectors, query.vector)
    dense, _ = meaning_scores(segment.sentences, segment.forward, passages, cosines, query.vector)
    words = word_scores(segment.forward, passages, query.terms, average_length)
    coverage = words.coverage
    for bridge in query.bridges:
        bridged = word_scores(segment.forward, passages, bridge, average_length).coverage
        coverage = np.maximum(coverage, BRIDGE_WEIGHT * bridged)
    fused: Vectors = DENSE_WEIGHT * dense + BM25_WEIGHT * words.bm25 + COVERAGE_WEIGHT * coverage
    return fused
