"""Which terms stand in which sentence of which passage: the forward index, by which candidates are scored exactly.

Terms are 32-bit hashes in the order of the text, in one flat array that is mapped from disk. A row is a sentence (or a
title, or a question); the rows of a passage follow each other, and are also the rows of its sentence vectors.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.segments.growing import GrowingArray

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
    def load(cls, folder: Path) -> "ForwardIndex":
        """Open what `save` wrote; raises `OSError` or `ValueError` when it is damaged."""
        terms, bounds, rows = (np.load(folder / name, mmap_mode="r") for name in (_TERMS, _BOUNDS, _ROWS))
        if len(bounds) == 0 or len(rows) == 0 or bounds[-1] != len(terms) or rows[-1] != len(bounds) - 1:
            raise ValueError(f"{_TERMS}, {_BOUNDS} and {_ROWS} do not fit each other")
        # Bounds are looked up for every candidate; as plain arrays they skip the memory map's overhead.
        return cls(terms, np.array(bounds), np.array(rows))

    def save(self, folder: Path) -> None:
        """Write below `folder`; `ForwardIndexWriter` does it part by part."""
        with ForwardIndexWriter(folder) as writer:
            writer.append(self)

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


class ForwardIndexWriter(ExitStack):
    """Writes the passages of several indexes into one, one after the other; `ForwardIndex.load` reads it once the
    block has ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        names = (_TERMS, _BOUNDS, _ROWS)
        self._terms, self._bounds, self._rows = (self.enter_context(GrowingArray(folder / name)) for name in names)
        self._written = (0, 0)
        for array in (self._bounds, self._rows):
            array.append(np.zeros(1, np.int64))

    def append(self, part: ForwardIndex) -> None:
        """The next passages."""
        terms, rows = self._written
        self._terms.append(part.terms)
        self._bounds.append(part.bounds[1:] + terms)
        self._rows.append(part.rows[1:] + rows)
        self._written = terms + len(part.terms), rows + len(part.bounds) - 1


def _cumulated(lengths: Sequence[int]) -> NDArray[np.int64]:
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return bounds
