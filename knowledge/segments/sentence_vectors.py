"""Vectors of sentences at a quarter of their size, mapped from disk: only those of candidates are ever read."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors
from knowledge.segments.growing import GrowingArray

_ROWS, _SCALES = "sentences.npy", "sentence-scales.npy"
_LARGEST = 127
_AT_ONCE = 256
"""Rows that are turned into whole numbers together: so many stay in the processor's cache meanwhile."""


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """`rows` (rows, dimension) int8, and what to multiply each by, `scales` (rows,) float32."""

    rows: NDArray[np.int8]
    scales: Vectors

    @classmethod
    def build(cls, vectors: Vectors) -> "SentenceVectors":
        """From unit vectors (rows, dimension)."""
        rows, scales = np.empty(vectors.shape, np.int8), np.empty(len(vectors), np.float32)
        for start in range(0, len(vectors), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            scaled = vectors[some]
            scales[some] = np.maximum(np.abs(scaled).max(axis=1, initial=0.0), 1e-9) / _LARGEST
            scaled = scaled / scales[some, None]
            rows[some] = np.rint(scaled, out=scaled)
        return cls(rows, scales)

    @classmethod
    def load(cls, folder: Path) -> "SentenceVectors":
        """Open what `save` wrote; raises `OSError` or `ValueError` when it is damaged."""
        rows, scales = np.load(folder / _ROWS, mmap_mode="r"), np.load(folder / _SCALES)
        if rows.ndim != 2 or rows.dtype != np.int8 or scales.shape != rows.shape[:1]:
            raise ValueError(f"{_ROWS} and {_SCALES} do not fit each other")
        return cls(rows, scales)

    def save(self, folder: Path) -> None:
        """Write below `folder`; `SentenceVectorsWriter` does it part by part."""
        with SentenceVectorsWriter(folder) as writer:
            writer.append(self)

    def cosines(self, numbers: NDArray[np.int64], query: Vectors) -> Vectors:
        """Cosines (len(numbers),) of these rows and a unit vector (dimension,)."""
        # Not `@`: BLAS would wake threads for a product as small as this, which costs more than it does.
        cosines: Vectors = np.einsum("ij,j->i", self.rows[numbers].astype(np.float32), query) * self.scales[numbers]
        return cosines

    def vectors(self, rows: slice) -> Vectors:
        """Some rows as vectors again, shape (rows, dimension)."""
        vectors: Vectors = self.rows[rows].astype(np.float32) * self.scales[rows, None]
        return vectors


class SentenceVectorsWriter(ExitStack):
    """Writes rows part by part; `SentenceVectors.load` reads them once the block has ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._rows = self.enter_context(GrowingArray(folder / _ROWS))
        self._scales = self.enter_context(GrowingArray(folder / _SCALES))

    def append(self, part: SentenceVectors) -> None:
        """The next rows."""
        self._rows.append(part.rows)
        self._scales.append(part.scales)
