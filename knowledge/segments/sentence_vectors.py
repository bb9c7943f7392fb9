"""Vectors of sentences at a quarter of their size, mapped from disk: only those of candidates are ever read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors

_ROWS, _SCALES = "sentences.npy", "sentence-scales.npy"
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """`rows` (rows, dimension) int8, and what to multiply each by, `scales` (rows,) float32."""

    rows: NDArray[np.int8]
    scales: Vectors

    @classmethod
    def build(cls, vectors: Vectors) -> "SentenceVectors":
        """From unit vectors (rows, dimension)."""
        scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9).astype(np.float32) / _LARGEST
        return cls(np.rint(vectors / scales[:, None]).astype(np.int8), scales)

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
