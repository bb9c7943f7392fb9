"""bm25s over bigrams of characters: what words alone find in any script, and the reference for it."""

from collections.abc import Sequence
from pathlib import Path

import bm25s  # type: ignore[import-not-found]

from bench.encoder.bm25 import K1, B, bigrams


class Bm25s:
    """A sparse matrix of scores, made beforehand."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self._terms = [bigrams(text) for text in passages]
        self._index()

    def save(self) -> None:
        self._retriever.save(str(self._folder), show_progress=False)

    def search(self, query: str, k: int) -> list[int]:
        terms = self._retriever.get_tokens_ids(bigrams(query))
        if not terms:
            return []
        numbers, scores = self._retriever.retrieve([terms], k=min(k, len(self._terms)), show_progress=False)
        return [int(number) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    def add(self, passage: str) -> None:
        """The library adds nothing to an index: all scores are made anew, from terms that were kept."""
        self._terms.append(bigrams(passage))
        self._index()

    def _index(self) -> None:
        self._retriever = bm25s.BM25(k1=K1, b=B)
        self._retriever.index(self._terms, show_progress=False)
