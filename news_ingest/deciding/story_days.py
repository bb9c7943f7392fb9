"""The articles of one day in arrays, so that a new one is held against hundreds at once."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from news_ingest.deciding.story_traces import PERMUTATIONS, Hashes, resemblance

Vectors = npt.NDArray[np.float32]


class Day:
    """Signatures and vectors of a day's articles, in the order in which they came."""

    def __init__(self, dimension: int) -> None:
        """`dimension` of the vectors; 0 where there are none."""
        self.ids: list[str] = []
        self._languages: list[str] = []
        self._signatures: Hashes = np.zeros((8, PERMUTATIONS), np.uint32)
        self._vectors: Vectors = np.zeros((8, dimension), np.float32)

    def add(self, id_: str, language: str, signature: Hashes, vector: Vectors) -> None:
        """Take in one article; `vector` of shape (dimension,)."""
        row = len(self.ids)
        if row == len(self._signatures):
            self._signatures = np.concatenate([self._signatures, np.zeros_like(self._signatures)])
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._signatures[row] = signature
        self._vectors[row] = vector
        self.ids.append(id_)
        self._languages.append(language)

    def resembling(self, signature: Hashes, language: str, least: float) -> Iterator[tuple[str, float]]:
        """(id, resemblance) of those in `language` that share at least this much of their shingles."""
        found = resemblance(signature, self._signatures[: len(self.ids)])
        for row in np.flatnonzero(found >= least):
            if self._languages[row] == language:
                yield self.ids[row], float(found[row])

    def meaning(self, vector: Vectors, language: str, least: float) -> Iterator[tuple[str, float]]:
        """(id, cosine) of those in other languages whose vectors are at least this near."""
        if not len(vector):
            return
        found = self._vectors[: len(self.ids)] @ vector
        for row in np.flatnonzero(found >= least):
            if self._languages[row] != language:
                yield self.ids[row], float(found[row])
