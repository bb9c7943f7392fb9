"""txtai's embeddings database, hybrid (its sparse half is BM25), otherwise as it comes."""

from collections.abc import Sequence
from pathlib import Path

from txtai import Embeddings  # type: ignore[import-not-found]

from bench.retrieval.encoding import english_folder, shipped_folder


class Txtai:
    """One embeddings database; `options` name the model."""

    def __init__(self, **options: str) -> None:
        self._embeddings = Embeddings(hybrid=True, **options)

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._folder, self._count = folder, len(passages)
        self._embeddings.index((number, text, None) for number, text in enumerate(passages))

    def save(self) -> None:
        self._embeddings.save(str(self._folder / "embeddings"))

    def search(self, query: str, k: int) -> list[int]:
        return [int(number) for number, _ in self._embeddings.search(query, k)]

    def add(self, passage: str) -> None:
        self._embeddings.upsert([(self._count, passage, None)])
        self._count += 1


def english() -> Txtai:
    """With all-MiniLM-L6-v2, which its examples name."""
    return Txtai(path=str(english_folder()))


def shipped() -> Txtai:
    """With the encoder that this project ships."""
    return Txtai(path=str(shipped_folder()), method="sentence-transformers")
