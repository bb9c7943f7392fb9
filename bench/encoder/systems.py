"""What is measured: encoders and BM25 behind one port."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bench.encoder.bm25 import bm25_scores
from bench.encoder.datasets import Passages
from bench.encoder.retrieval import Scores, passage_scores

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts to unit vectors, shape (texts, dimension)."""


class System(Protocol):
    """Something that scores candidates for queries."""

    @property
    def name(self) -> str: ...

    def sentence_scores(self, queries: Sequence[str], candidates: Sequence[str]) -> Scores:
        """Shape (queries, candidates); higher is nearer."""
        ...

    def passage_scores(self, queries: Sequence[str], passages: Passages) -> Scores:
        """Shape (queries, passages); higher is nearer."""
        ...


class Dense:
    """An encoder: cosines; a passage by its best sentence and half by the whole of it."""

    def __init__(self, name: str, encode: Encode) -> None:
        self.name = name
        self._encode = encode

    def sentence_scores(self, queries: Sequence[str], candidates: Sequence[str]) -> Scores:
        scores: Scores = self._encode(queries) @ self._encode(candidates).T
        return scores

    def passage_scores(self, queries: Sequence[str], passages: Passages) -> Scores:
        by_sentence = self.sentence_scores(queries, passages.sentences)
        whole = self.sentence_scores(queries, passages.texts)
        return passage_scores(by_sentence, whole, passages.starts)


class Bm25:
    """Shared bigrams of characters; a passage is one text."""

    name = "BM25"

    def sentence_scores(self, queries: Sequence[str], candidates: Sequence[str]) -> Scores:
        return bm25_scores(queries, candidates)

    def passage_scores(self, queries: Sequence[str], passages: Passages) -> Scores:
        return bm25_scores(queries, passages.texts)


class Remembered:
    """An `Encode` that encodes each list of texts once: kept in memory, and in `folder` where one is given.

    The folder belongs to one encoder: its name should hold the encoder's checksum.
    """

    def __init__(self, encode: Encode, folder: Path | None = None) -> None:
        self._encode = encode
        self._folder = folder
        self._known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        key = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
        if key not in self._known:
            self._known[key] = (
                self._encode(texts) if self._folder is None else self._from_disk(self._folder, key, texts)
            )
        return self._known[key]

    def _from_disk(self, folder: Path, key: str, texts: Sequence[str]) -> Vectors:
        path = folder / f"{key}.npy"
        if path.exists():
            known: Vectors = np.load(path)
            return known
        vectors = self._encode(texts)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, vectors)
        unfinished.replace(path)
        return vectors
