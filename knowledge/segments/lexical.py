"""The lexical half of the index: BM25 by tantivy over terms that our analyser made.

tantivy sees terms joined by spaces and splits at spaces only, so that index and query agree by construction.
Queries are built from terms; its query parser never sees what a user typed (it raises on stray punctuation).

The folder may share its files with another generation by hard links. tantivy never writes into a file that is there:
segments and lists of deleted passages get new names, `meta.json` and `.managed.json` are replaced by rename. Its lock
files alone would be shared, so `update` gives the folder its own.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import tantivy

FOLDER = "lexical"
_WRITER_BYTES = 128_000_000
"""What a writer gathers in memory before it writes a segment: few segments are quick to search."""

Passages = Iterable[tuple[int, tuple[str, ...]]]
"""Ids, from -2**63 to 2**63 - 1, each used once, and the terms of each."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", stored=False, indexed=True, fast=True)
    builder.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """Passages by their terms, as they were when it was opened."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._has_removed = any((folder / FOLDER).glob("*.del"))

    @classmethod
    def build(cls, folder: Path, passages: Passages) -> "LexicalIndex":
        """Write a new index of `passages` below `folder`; raises `FileExistsError` when there is one."""
        (folder / FOLDER).mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder / FOLDER), reuse=False)
        return cls._write(folder, index, passages, ())

    @classmethod
    def update(cls, folder: Path, added: Passages, removed: Iterable[int]) -> "LexicalIndex":
        """Change the index below `folder` in place; an index that shares its files by hard links stays as it was.

        Args:
            added: passages; one whose id is there already takes its place.
            removed: ids; one that is not there is passed over.

        Raises:
            ValueError: tantivy's own, when the index is damaged.
        """
        for lock in (folder / FOLDER).glob(".*.lock"):
            lock.unlink()
        return cls._write(folder, tantivy.Index.open(str(folder / FOLDER)), added, removed, replacing=True)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open the index below `folder`; raises `ValueError` (tantivy's own) when it is damaged."""
        return cls(folder, tantivy.Index.open(str(folder / FOLDER)))

    @classmethod
    def _write(
        cls, folder: Path, index: tantivy.Index, added: Passages, removed: Iterable[int], *, replacing: bool = False
    ) -> "LexicalIndex":
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for number in removed:
            writer.delete_documents_by_term("passage", number)
        for number, terms in added:
            if replacing:
                writer.delete_documents_by_term("passage", number)
            document = tantivy.Document()
            document.add_integer("passage", number)
            document.add_text("terms", " ".join(terms))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(folder, index)

    def __len__(self) -> int:
        """How many passages there are, removed ones not counted."""
        return int(self._searcher.num_docs)

    def search(self, terms: Iterable[str], k: int) -> list[tuple[int, float]]:
        """`(passage id, BM25 score)` of at most `k` passages that hold any of `terms`, best first.

        The score's statistics count removed passages until tantivy merges their segment: after many removals it is
        slightly off, equally for all passages. Passages that are compared across indexes are to be scored anew.
        """
        queries = [(tantivy.Occur.Should, self._having(term)) for term in dict.fromkeys(terms)]
        if not queries or k < 1:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(queries), k, count=False).hits
        ids = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return [(cast(int, number), float(score)) for number, (score, _) in zip(ids, hits, strict=True)]

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, removed ones not counted.

        tantivy's own figure is a look-up, but counts them until it merges their segment; so they are counted by a
        search where there are any (0.1 ms for a term of 15,000 passages).
        """
        if self._has_removed:
            # `count` is missing in tantivy's stub.
            return int(self._searcher.search(self._having(term), 1).count)  # type: ignore[attr-defined]
        return int(self._searcher.doc_freq("terms", term))

    def _having(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "terms", term, "freq")
