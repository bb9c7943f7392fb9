"""A segment: documents with all that is known of their passages, written once, read by mapping.

documents.jsonl, keys.json             the documents, and their ids and languages
passages.npy, spans.npy, …-bounds.npy  where each passage and its sentences are in them
vectors.faiss                          a vector of each passage as a whole; ids are global passage ids
sentences.npy, …-scales.npy            a vector of each row: a sentence, a title, a question
terms.npy, term-bounds.npy, rows.npy   the terms of each row
first-id                               global id of the first passage
"""

from collections import deque
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.segments.document_file import DocumentFile, document_line
from knowledge.segments.forward import ForwardIndex
from knowledge.segments.passage_table import BODY, CONTRAST, PassageTable
from knowledge.segments.sentence_vectors import SentenceVectors
from knowledge.segments.vectors import VectorIndex
from knowledge.segments.writing import FIRST_ID, DocumentVectors, Progress, Reuse, Words, write_segment

__all__ = ["DocumentVectors", "Progress", "Reuse", "Segment", "Words", "document_line"]


class Segment:
    """Passages of some documents, held together; safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open what `write` wrote. Raises `OSError`, `ValueError`, `TypeError`, `LookupError` or `RuntimeError` when
        it is damaged."""
        self.documents = DocumentFile(folder)
        self.passages = PassageTable(folder, self.documents)
        self.vectors, self.sentences = VectorIndex.load(folder), SentenceVectors.load(folder)
        self.forward = ForwardIndex.load(folder)
        self.first_id = int((folder / FIRST_ID).read_text(encoding="ascii"))
        """The global id of the first passage; the others follow in order."""
        sizes = {len(self.passages), len(self.vectors), len(self.forward)}
        if len(sizes) > 1 or self.forward.rows[-1] != len(self.sentences.scales):
            raise ValueError("its files do not hold the same passages")

    @classmethod
    def write(
        cls,
        folder: Path,
        documents: Sequence[Document],
        first_id: int,
        encoder: Encoder,
        progress: Progress = lambda step, done, total: None,
        reuse: Reuse = lambda position: None,
        words: Words = lambda passages: deque(passages, maxlen=0).clear(),
    ) -> "Segment":
        """Write a segment of `documents` and open it; see `knowledge.segments.writing.write_segment`."""
        write_segment(folder, documents, first_id, encoder, progress, reuse, words)
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> "Segment":
        """The same as the constructor, for symmetry with `write`."""
        return cls(folder)

    @property
    def owners(self) -> NDArray[np.int64]:
        """Position in `documents` of each passage's document, shape (passages,), ascending."""
        return self.passages.owners

    @cached_property
    def contrasts(self) -> NDArray[np.bool_]:
        """Which passages are contrasts, shape (passages,)."""
        return np.asarray(self.passages.roles == CONTRAST)

    @cached_property
    def bodies(self) -> NDArray[np.bool_]:
        """Which passages are text that can be quoted, shape (passages,)."""
        return np.asarray(self.passages.roles == BODY)

    @cached_property
    def languages(self) -> frozenset[str]:
        """What its documents are written in."""
        return frozenset(language for _, language in self.documents.keys)

    @cached_property
    def versions(self) -> dict[str, list[int]]:
        """Positions of the documents with an id: one for each language."""
        found: dict[str, list[int]] = {}
        for position, (document_id, _) in enumerate(self.documents.keys):
            found.setdefault(document_id, []).append(position)
        return found

    @property
    def ids(self) -> NDArray[np.int64]:
        """The global ids of all passages, in order."""
        return np.arange(self.first_id, self.first_id + len(self.passages), dtype=np.int64)

    def vectors_of(self, position: int) -> DocumentVectors:
        """The vectors of a document, for a segment that takes it over."""
        start, end = np.searchsorted(self.owners, (position, position + 1)).tolist()
        ids = np.arange(self.first_id + start, self.first_id + end, dtype=np.int64)
        rows = slice(self.forward.rows[start], self.forward.rows[end])
        return DocumentVectors(self.vectors.vectors(ids), self.sentences.vectors(rows))
