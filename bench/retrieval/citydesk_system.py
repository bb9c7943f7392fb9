"""This project, measured through what `citydesk reindex` and `citydesk eval` go through."""

from collections.abc import Sequence
from pathlib import Path

from knowledge.documents import Document
from knowledge.evaluation.beir import as_document
from knowledge.index.build import build_index
from knowledge.index.reading import GenerationReader
from knowledge.retrieval.ranking import Mode
from knowledge.retrieval.search import SearchIndex
from knowledge.static import StaticEncoder


class CityDesk:
    """Search in one mode; a passage is a news article without a headline."""

    def __init__(self, mode: Mode) -> None:
        self.encoder = StaticEncoder()
        self._mode = mode

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._root = folder
        self._documents = [_article(number, text) for number, text in enumerate(passages)]
        build_index(folder, self._documents, self.encoder)
        self._reader = GenerationReader(folder, self.encoder)
        self._index = SearchIndex(self._reader.current(), self.encoder)

    def save(self) -> None:
        """Nothing is left to do: a generation is on disk before it can be asked."""

    def search(self, query: str, k: int) -> list[int]:
        return [int(hit.id) for hit in self._index.search(query, k, mode=self._mode)]

    def add(self, passage: str) -> None:
        """As an ingest does: publish a generation, and let the reader that serves pick it up."""
        self._documents.append(_article(len(self._documents), passage))
        build_index(self._root, self._documents, self.encoder)
        self._index = SearchIndex(self._reader.current(), self.encoder)


def _article(number: int, text: str) -> Document:
    return as_document(str(number), "", text)


def hybrid() -> CityDesk:
    """As readers get it."""
    return CityDesk("hybrid")


def dense() -> CityDesk:
    """By meaning alone."""
    return CityDesk("dense")


def lexical() -> CityDesk:
    """By words alone."""
    return CityDesk("lexical")
