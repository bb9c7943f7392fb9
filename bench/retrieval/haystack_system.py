"""Haystack's document store in memory: its BM25 as it comes, and its retrieval by embeddings that are given."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from haystack import Document  # type: ignore[import-not-found]
from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found]
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore  # type: ignore[import-not-found]

from knowledge.static import StaticEncoder


class HaystackBm25:
    """BM25 with the store's own tokenizer."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self._store = InMemoryDocumentStore(shared=False)
        self._store.write_documents(self._documents(passages, first=0))
        self._retriever = self._retriever_of(self._store)

    def save(self) -> None:
        self._store.save_to_disk(str(self._folder / "store.json"))

    def search(self, query: str, k: int) -> list[int]:
        return [int(document.id) for document in self._retriever.run(query=query, top_k=k)["documents"]]

    def add(self, passage: str) -> None:
        self._store.write_documents(self._documents([passage], first=self._store.count_documents()))

    def _documents(self, passages: Sequence[str], first: int) -> list[Any]:
        return [Document(id=str(number), content=text) for number, text in enumerate(passages, first)]

    def _retriever_of(self, store: Any) -> Any:
        return InMemoryBM25Retriever(store)


class HaystackEmbeddings(HaystackBm25):
    """Dot products with vectors of the shipped encoder."""

    def __init__(self) -> None:
        self._encoder = StaticEncoder()

    def search(self, query: str, k: int) -> list[int]:
        vector = self._encoder.encode([query], "query")[0].tolist()
        return [int(document.id) for document in self._retriever.run(query_embedding=vector, top_k=k)["documents"]]

    def _documents(self, passages: Sequence[str], first: int) -> list[Any]:
        vectors = self._encoder.encode(passages, "passage").tolist()
        numbered = enumerate(zip(passages, vectors, strict=True), first)
        return [Document(id=str(number), content=text, embedding=vector) for number, (text, vector) in numbered]

    def _retriever_of(self, store: Any) -> Any:
        return InMemoryEmbeddingRetriever(store)
