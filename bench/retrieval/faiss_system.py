"""Bare FAISS: inner products of whole passages' vectors, exact, without anything around it."""

from collections.abc import Sequence
from pathlib import Path

import faiss

from knowledge.static import StaticEncoder


class Faiss:
    """One vector for each passage, by the shipped encoder."""

    def __init__(self) -> None:
        self._encoder = StaticEncoder()

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self._index = faiss.IndexFlatIP(self._encoder.dimension)
        self._index.add(self._encoder.encode(passages, "passage"))

    def save(self) -> None:
        faiss.write_index(self._index, str(self._folder / "vectors.faiss"))

    def search(self, query: str, k: int) -> list[int]:
        _, numbers = self._index.search(self._encoder.encode([query], "query"), k)
        return [int(number) for number in numbers[0] if number >= 0]

    def add(self, passage: str) -> None:
        self._index.add(self._encoder.encode([passage], "passage"))
