"""Scores to figures: ranks, accuracy, recall, reciprocal rank. Pure functions on arrays.

A rank counts from 1, and whoever ties with the right one stands before it: a system that cannot tell candidates apart
(all scores zero, or not a number) finds nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
"""Higher is nearer; shape (queries, candidates)."""
Pairs = NDArray[np.int64]
"""Right answers, shape (n, 2): index of the query, index of the candidate."""

WHOLE_WEIGHT = 0.5


def passage_scores(by_sentence: Scores, whole: Scores, starts: NDArray[np.int64]) -> Scores:
    """The best sentence of each passage plus half of the whole passage's score, shape (queries, passages).

    Args:
        by_sentence: scores of the sentences of all passages, shape (queries, sentences).
        whole: scores of the passages as one text, shape (queries, passages).
        starts: index of each passage's first sentence, ascending, none empty.
    """
    best: Scores = np.maximum.reduceat(by_sentence, starts, axis=1)
    return best + WHOLE_WEIGHT * whole


def ranks(scores: Scores, relevant: Pairs) -> NDArray[np.int64]:
    """Place of each right candidate among all candidates of its query, shape (n,)."""
    queries, candidates = relevant.T
    right = scores[queries, candidates]
    ahead: NDArray[np.int64] = (~(scores[queries] < right[:, None])).sum(axis=1)
    return ahead


def accuracy_at_1(scores: Scores, right: NDArray[np.int64]) -> float:
    """Share of queries (rows) whose nearest candidate is `right[row]`, and no other as near."""
    relevant = np.stack([np.arange(len(right)), right], axis=1)
    return float((ranks(scores, relevant) == 1).mean())


def recall(found: NDArray[np.int64], relevant: Pairs, top: int) -> float:
    """Mean over queries of the share of right candidates whose rank is at most `top`."""
    queries = relevant[:, 0]
    hits = np.bincount(queries, weights=found <= top)
    wanted = np.bincount(queries)
    asked = wanted > 0
    return float((hits[asked] / wanted[asked]).mean())


def mean_reciprocal_rank(found: NDArray[np.int64], relevant: Pairs, top: int = 10) -> float:
    """Mean over queries of one divided by the best rank, zero where that is beyond `top`."""
    queries, index = np.unique(relevant[:, 0], return_inverse=True)
    best = np.full(len(queries), np.iinfo(np.int64).max)
    np.minimum.at(best, index, found)
    return float(np.where(best <= top, 1.0 / best, 0.0).mean())
