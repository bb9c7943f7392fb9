"""The dense half of the index: inner product of unit vectors by FAISS, exact up to `EXACT_UP_TO`, by IVF above.

An index is written once and read by mapping its file: processes share the pages. Nothing is taken out of it, since a
mapped file must not change: who removes passages passes their ids along when searching.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss as untyped
import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors

faiss: Any = untyped  # its types lack most of what it has

FILE = "vectors.faiss"
EXACT_UP_TO = 200_000
"""Vectors up to which every one is compared: about 10 ms on one thread, of 46 that a question takes (docs/scale.md)."""
PROBES = 64
"""Lists of an approximate index that are looked through; more find more and take longer."""
_TRAINING_PER_LIST = 64
_ROUNDS = 10

Ids = NDArray[np.int64]
_NOTHING = np.zeros(0, np.int64), np.zeros(0, np.float32)


class VectorIndex:
    """Unit vectors by passage id; safe to search from several threads."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._exact = isinstance(faiss.downcast_index(index.index), faiss.IndexFlat)

    @classmethod
    def build(cls, vectors: Vectors, ids: Ids | None = None, *, exact: bool | None = None) -> "VectorIndex":
        """An index of `vectors` (n, dimension) under `ids` (n,), each of them once; without ids, the row numbers.

        `exact` chooses the kind of index; None: by their number. Raises ValueError for ids that don't fit.
        """
        ids = np.arange(len(vectors), dtype=np.int64) if ids is None else np.asarray(ids, dtype=np.int64)
        if ids.shape != (len(vectors),) or len(np.unique(ids)) < len(ids):
            raise ValueError(f"{len(vectors)} vectors need as many ids, each of them once")
        exact = len(vectors) <= EXACT_UP_TO if exact is None else exact
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        factory = "IDMap2,Flat" if exact else f"IDMap2,IVF{_lists(len(vectors))},Flat"
        index = faiss.index_factory(vectors.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
        if not exact:
            # A quarter of FAISS's usual effort: which list a vector is in matters less when many are looked through.
            lists = faiss.downcast_index(index.index)
            lists.cp.max_points_per_centroid, lists.cp.niter = _TRAINING_PER_LIST, _ROUNDS
            index.train(vectors)
            lists.make_direct_map()
        index.add_with_ids(vectors, ids)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> "VectorIndex":
        """Map the file in `folder`, which must not be written to from then on (replacing it is fine).

        Raises `RuntimeError` (FAISS's own) when it is damaged.
        """
        return cls(faiss.read_index(str(folder / FILE), faiss.IO_FLAG_MMAP_IFC))

    def save(self, folder: Path) -> None:
        """Write into `folder`; raises `OSError` when that is not possible."""
        # Not FAISS's own file writer: of a last block that the disk has no room for it only prints that.
        with (folder / FILE).open("wb") as file:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return int(self._index.d)

    @property
    def raw(self) -> Any:
        """What is inside, to be measured."""
        return self._index

    @cached_property
    def ids(self) -> Ids:
        """All ids, shape (n,), in the order in which they were added."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def search(
        self, query: Vectors, k: int, removed: Iterable[int] | None = None, among: Iterable[int] | None = None
    ) -> tuple[Ids, Vectors]:
        """Ids and cosines of the at most `k` nearest to one query vector (dimension,), best first.

        None of `removed` is found. With `among`, only those are looked at, always exactly; ids that are not here
        count for nothing in either.
        """
        k = min(k, len(self))
        dead = _as_ids(removed)
        if among is not None and not self._exact:
            return self._compare(query, k, np.setdiff1d(_as_ids(among), dead))
        if k <= 0:
            return _NOTHING
        parameters = faiss.SearchParameters() if self._exact else faiss.SearchParametersIVF(nprobe=PROBES)
        if among is not None:
            parameters.sel = faiss.IDSelectorBatch(np.setdiff1d(_as_ids(among), dead))
        elif len(dead):
            parameters.sel = faiss.IDSelectorNot(faiss.IDSelectorBatch(dead))
        with _one_thread():
            scores, ids = self._index.search(query.reshape(1, -1), k, params=parameters)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def _compare(self, query: Vectors, k: int, among: Ids) -> tuple[Ids, Vectors]:
        """Search without the index: a few of its lists may hold none of `among`."""
        here = among[np.isin(among, self.ids)]
        # Not `@`: BLAS would start threads of its own, which costs more than the product.
        scores = np.einsum("ij,j->i", self.vectors(here), query)
        best = np.argsort(-scores, kind="stable")[: max(k, 0)]
        return here[best], scores[best]

    def vectors(self, ids: Ids) -> Vectors:
        """The stored vectors of these passages, shape (len(ids), dimension); raises KeyError for an unknown id."""
        if not len(ids):
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            with _one_thread():
                return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)
        except RuntimeError as error:
            raise KeyError(f"not all of the {len(ids)} passages asked for are in this index") from error


def _lists(count: int) -> int:
    """How many lists `count` vectors are shared out to."""
    return max(1, min(int(4 * count**0.5), count // 39))


def _as_ids(ids: Iterable[int] | None) -> Ids:
    if ids is None:
        return np.zeros(0, dtype=np.int64)
    return np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), dtype=np.int64)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Search on the calling thread alone: for one query, handing work out costs more than the work.

    OpenMP keeps the number per thread of ours, so that it has to be set wherever a search is made.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
