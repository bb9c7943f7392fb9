"""The lexical half of the index: BM25 by tantivy over terms that our analyser made.

tantivy sees terms joined by spaces and splits at spaces only, so that index and query agree by construction.
Queries are built from terms; its query parser never sees what a user typed (it raises on stray punctuation).

The folder may share its files with another generation by hard links. tantivy never writes into a file that is there:
segments and lists of deleted passages get new names, `meta.json` and `.managed.json` are replaced by rename. Its lock
files alone would be shared, so `update` gives the folder its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import tantivy

FOLDER = "lexical"
_WRITER_BYTES = 48_000_000
"""What a writer gathers in memory before it writes a segment: few segments are quick to search."""

Passages = Iterable[tuple[int, tuple[str, ...]]]
"""Ids, from -2**63 to 2**63 - 1, each used once, and the terms of each."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", stored=False, indexed=True, fast=True)
    builder.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _texts(passages: Passages) -> Iterator[tuple[int, str]]:
    return ((number, " ".join(terms)) for number, terms in passages)


class LexicalWriter:
    """Takes passages one by one and has them in the index when its block ends; after an error it leaves the old one.

    tantivy works in threads of its own, beside whatever else the block does.
    """

    def __init__(self, index: tantivy.Index, *, replacing: bool) -> None:
        self._writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._replacing = replacing

    @classmethod
    def new(cls, folder: Path) -> "LexicalWriter":
        """For a new index below `folder`; raises `FileExistsError` when there is one."""
        (folder / FOLDER).mkdir(parents=True)
        return cls(tantivy.Index(_schema(), path=str(folder / FOLDER), reuse=False), replacing=False)

    @classmethod
    def changing(cls, folder: Path) -> "LexicalWriter":
        """For the index below `folder`, which may share its files with another; raises `ValueError` (tantivy's own)
        when it is damaged."""
        for lock in (folder / FOLDER).glob(".*.lock"):
            lock.unlink()
        return cls(tantivy.Index.open(str(folder / FOLDER)), replacing=True)

    def __enter__(self) -> "LexicalWriter":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._writer.commit()
            self._writer.wait_merging_threads()
        else:
            with suppress(ValueError):  # what went wrong first is what is told
                self._writer.rollback()
                self._writer.wait_merging_threads()

    def remove(self, numbers: Iterable[int]) -> None:
        """Take passages out; an id that is not there is passed over."""
        for number in numbers:
            self._writer.delete_documents_by_term("passage", number)

    def add(self, number: int, terms: str) -> None:
        """A passage by its id and its terms, a space between them; it takes the place of one that was there before."""
        if self._replacing:
            self._writer.delete_documents_by_term("passage", number)
        document = tantivy.Document()
        document.add_integer("passage", number)
        document.add_text("terms", terms)
        self._writer.add_document(document)

    def add_all(self, passages: Iterable[tuple[int, str]]) -> None:
        """Passages by their ids and their terms, as `add` takes them."""
        for number, terms in passages:
            self.add(number, terms)


class LexicalIndex:
    """Passages by their terms, as they were when it was opened."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._has_removed = any((folder / FOLDER).glob("*.del"))

    @classmethod
    def build(cls, folder: Path, passages: Passages) -> "LexicalIndex":
        """Write a new index of `passages` below `folder`; raises `FileExistsError` when there is one."""
        with LexicalWriter.new(folder) as writer:
            writer.add_all(_texts(passages))
        return cls.load(folder)

    @classmethod
    def update(cls, folder: Path, added: Passages, removed: Iterable[int]) -> "LexicalIndex":
        """Change the index below `folder` in place; an index that shares its files by hard links stays as it was.

        Args:
            added: passages; one whose id is there already takes its place.
            removed: ids; one that is not there is passed over.

        Raises:
            ValueError: tantivy's own, when the index is damaged.
        """
        with LexicalWriter.changing(folder) as writer:
            writer.remove(removed)
            writer.add_all(_texts(added))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open the index below `folder`; raises `ValueError` (tantivy's own) when it is damaged."""
        return cls(folder, tantivy.Index.open(str(folder / FOLDER)))

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
