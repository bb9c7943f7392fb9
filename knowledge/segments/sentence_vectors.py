"""Vectors of sentences at a quarter of their size, mapped from disk: only those of candidates are ever read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors

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
    def joined(cls, parts: Sequence["SentenceVectors"]) -> "SentenceVectors":
        """The rows of all `parts`, at least one, in order."""
        return cls(np.concatenate([part.rows for part in parts]), np.concatenate([part.scales for part in parts]))

    @classmethod
    def load(cls, folder: Path) -> "SentenceVectors":
        """Open what `save` wrote; raises `OSError` or `ValueError` when it is damaged."""
        rows, scales = np.load(folder / _ROWS, mmap_mode="r"), np.load(folder / _SCALES)
        if rows.ndim != 2 or rows.dtype != np.int8 or scales.shape != rows.shape[:1]:
            raise ValueError(f"{_ROWS} and {_SCALES} do not fit each other")
        return cls(rows, scales)

    def save(self, folder: Path) -> None:
        np.save(folder / _ROWS, self.rows)
        np.save(folder / _SCALES, self.scales)

    def cosines(self, numbers: NDArray[np.int64], query: Vectors) -> Vectors:
        """Cosines (len(numbers),) of these rows and a unit vector (dimension,)."""
        # Not `@`: BLAS would wake threads for a product as small as this, which costs more than it does.
        cosines: Vectors = np.einsum("ij,j->i", self.rows[numbers].astype(np.float32), query) * self.scales[numbers]
        return cosines

    def vectors(self, rows: slice) -> Vectors:
        """Some rows as vectors again, shape (rows, dimension)."""
        vectors: Vectors = self.rows[rows].astype(np.float32) * self.scales[rows, None]
        return vectors
