"""The lexical half of the index: BM25 by tantivy over terms that our analyser made.

tantivy sees terms joined by spaces and splits at spaces only, so that index and query agree by construction.
Queries are built from terms; its query parser never sees what a user typed (it raises on stray punctuation).
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy

FOLDER = "lexical"
_WRITER_BYTES = 32_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", stored=True, indexed=False, fast=True)
    builder.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """Passages by their terms."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[tuple[str, ...]]) -> "LexicalIndex":
        """Write an index of `passages` (their terms, in order of passage number) below `folder`."""
        (folder / FOLDER).mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder / FOLDER), reuse=False)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for number, terms in enumerate(passages):
            document = tantivy.Document()
            document.add_unsigned("passage", number)
            document.add_text("terms", " ".join(terms))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open the index below `folder`; raises `ValueError` (tantivy's own) when it is damaged."""
        return cls(tantivy.Index.open(str(folder / FOLDER)))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, terms: Iterable[str], k: int) -> list[tuple[int, float]]:
        """`(passage number, BM25 score)` of at most `k` passages that hold any of `terms`, best first."""
        queries = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "terms", term, "freq"))
            for term in dict.fromkeys(terms)
        ]
        if not queries:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(queries), k).hits
        return [(int(self._searcher.doc(address)["passage"][0]), float(score)) for score, address in hits]

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return int(self._searcher.doc_freq("terms", term))
