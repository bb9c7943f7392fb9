"""Which terms stand in which sentence of which passage: the forward index, by which candidates are scored exactly.

Terms are 32-bit hashes in the order of the text, in one flat array that is mapped from disk. A row is a sentence (or a
title, or a question); the rows of a passage follow each other, and are also the rows of its sentence vectors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

_KEY = 8
_TERMS, _BOUNDS, _ROWS = "terms.npy", "term-bounds.npy", "rows.npy"


def keys(hashes: Hashes) -> list[str]:
    """The hashes as the lexical index knows terms: eight hexadecimal digits each, whatever letters a term has."""
    digits = hashes.astype(">u4").tobytes().hex()
    return [digits[start : start + _KEY] for start in range(0, len(digits), _KEY)]


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

    def __len__(self) -> int:
        """How many passages."""
        return len(self.rows) - 1

    def lengths(self) -> NDArray[np.int64]:
        """Number of terms of each passage, shape (passages,)."""
        lengths: NDArray[np.int64] = np.diff(self.bounds[self.rows])
        return lengths


def _cumulated(lengths: Sequence[int]) -> NDArray[np.int64]:
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return bounds
