"""The port: what searching needs of a place that keeps passages, whichever it is."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors
from knowledge.stores.errors import DuplicatePassage, WrongDimension

Ids = NDArray[np.int64]
Scored = tuple[int, float]


class PassageStore(Protocol):
    """Passages as a vector and terms each, under ids that the caller gives (0 ≤ id < 2⁶³).

    One writer at a time; searching is safe from several threads. What `add` and `remove` did holds for the next call,
    and is there again when the store is opened anew. Every method raises `StoreUnreachable` when a server behind it
    does not answer. `knowledge.stores.contract` holds what each adapter must do.
    """

    @property
    def dimension(self) -> int:
        """Number of columns of the vectors."""
        ...

    def add(self, ids: Ids, vectors: Vectors, terms: Sequence[Sequence[str]]) -> None:
        """Keep passages: `ids` (n,), `vectors` (n, dimension) float32 of length 1 or 0, `terms` n lists in text order.

        All or nothing where an error is raised before writing: `WrongDimension`, `DuplicatePassage`; ValueError when
        the three have different lengths. An id that was removed can be added again. Of a passage with thousands of
        terms (a table in a paragraph), a store may leave out the last ones.
        """
        ...

    def remove(self, ids: Ids) -> None:
        """Forget passages; ids that are not there are passed over, so that a removal can be repeated."""
        ...

    def dense(self, query: Vectors, k: int, among: Ids | None = None) -> list[Scored]:
        """`(id, cosine)` of the at most `k` passages nearest to `query` (dimension,), best first.

        With `among`, only those are looked at; unknown ids count for nothing there. Cosines in [-1, 1]; where the
        store searches approximately, some of the nearest may be missed. Raises `WrongDimension`.
        """
        ...

    def lexical(self, terms: Iterable[str], k: int) -> list[Scored]:
        """`(id, BM25 score)` of the at most `k` best passages with any of `terms`, best first; no terms, no hits.

        k1 is 1.2 and b 0.75, a repeated term counts once; terms hold no white space and are compared as they are.
        Ranks agree between adapters but for ties, rounded lengths of passages of more than 40 terms, and frequencies
        that still count what was removed lately; compare no scores.
        """
        ...

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of these passages, shape (len(ids), dimension), in their order; raises `UnknownPassage`."""
        ...

    def __len__(self) -> int:
        """How many passages are there."""
        ...

    def close(self) -> None:
        """Let go of files and connections; twice does no harm, and nothing else may be called after it."""
        ...


def check_added(ids: Ids, vectors: Vectors, terms: Sequence[Sequence[str]], dimension: int) -> None:
    """What every adapter checks before `add`: raises ValueError, `WrongDimension` or `DuplicatePassage`."""
    if vectors.ndim != 2 or not len(ids) == len(vectors) == len(terms):
        raise ValueError(f"{len(ids)} ids, vectors of shape {vectors.shape} and {len(terms)} lists of terms don't fit")
    if vectors.shape[1] != dimension:
        raise WrongDimension(vectors.shape[1], dimension)
    values, counts = np.unique(ids, return_counts=True)
    if (counts > 1).any():
        raise DuplicatePassage(values[counts > 1].tolist())


def check_query(query: Vectors, dimension: int) -> None:
    """Raises `WrongDimension` unless `query` has shape (dimension,)."""
    if query.shape != (dimension,):
        raise WrongDimension(query.shape[-1] if query.ndim else 0, dimension)
