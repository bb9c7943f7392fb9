"""Which terms stand in which sentence of which passage: the forward index, by which candidates are scored exactly.

Terms are 32-bit hashes in the order of the text, in one flat array that is mapped from disk. A row is a sentence (or a
title, or a question); the rows of a passage follow each other, and are also the rows of its sentence vectors.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

_TERMS, _BOUNDS, _ROWS = "terms.npy", "term-bounds.npy", "rows.npy"


def keys(hashes: Hashes) -> list[str]:
    """The hashes as the lexical index knows terms: eight hexadecimal digits each, whatever letters a term has."""
    return key_text(hashes).split()


def key_text(hashes: Hashes) -> str:
    """The keys of these hashes with a space between them."""
    return hashes.astype(">u4").tobytes().hex(" ", hashes.itemsize)


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """`terms` (all terms,) uint32; `bounds` (rows + 1,): where each row's terms begin; `rows` (passages + 1,)."""

    terms: Hashes
    bounds: NDArray[np.int64]
    rows: NDArray[np.int64]

    @classmethod
    def build(cls, passages: Iterable[Sequence[Hashes]]) -> "ForwardIndex":
        """From the terms of each row of each passage; every passage has at least one row."""
        found = [list(rows) for rows in passages]
        flat = [row for rows in found for row in rows]
        terms = np.concatenate(flat) if flat else np.zeros(0, np.uint32)
        return cls(terms, _cumulated([len(row) for row in flat]), _cumulated([len(rows) for rows in found]))

    @classmethod
    def joined(cls, parts: Sequence["ForwardIndex"]) -> "ForwardIndex":
        """One index of the passages of all `parts`, at least one, in order."""
        terms = np.concatenate([part.terms for part in parts])
        return cls(terms, _chained([part.bounds for part in parts]), _chained([part.rows for part in parts]))

    @classmethod
    def load(cls, folder: Path) -> "ForwardIndex":
        """Open what `save` wrote; raises `OSError` or `ValueError` when it is damaged."""
        terms, bounds, rows = (np.load(folder / name, mmap_mode="r") for name in (_TERMS, _BOUNDS, _ROWS))
        if len(bounds) == 0 or len(rows) == 0 or bounds[-1] != len(terms) or rows[-1] != len(bounds) - 1:
            raise ValueError(f"{_TERMS}, {_BOUNDS} and {_ROWS} do not fit each other")
        # Bounds are looked up for every candidate; as plain arrays they skip the memory map's overhead.
        return cls(terms, np.array(bounds), np.array(rows))

    def save(self, folder: Path) -> None:
        for name, array in ((_TERMS, self.terms), (_BOUNDS, self.bounds), (_ROWS, self.rows)):
            np.save(folder / name, array)

    def texts(self) -> Iterator[str]:
        """The keys of each passage's terms, a space between them."""
        for start, end in pairwise(self.bounds[self.rows].tolist()):
            yield key_text(self.terms[start:end])

    def __len__(self) -> int:
        """How many passages."""
        return len(self.rows) - 1

    def lengths(self) -> NDArray[np.int64]:
        """Number of terms of each passage, shape (passages,)."""
        lengths: NDArray[np.int64] = np.diff(self.bounds[self.rows])
        return lengths


def _chained(bounds: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Bounds within parts, each from 0 on, to bounds within the whole."""
    starts = accumulate((int(part[-1]) for part in bounds), initial=0)
    return np.concatenate([[0], *(part[1:] + start for part, start in zip(bounds, starts, strict=False))])


def _cumulated(lengths: Sequence[int]) -> NDArray[np.int64]:
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return bounds
