"""A segment: documents with all that is known of their passages, written once, read by mapping.

documents.jsonl, keys.json             the documents, and their ids and languages
passages.npy, spans.npy, …-bounds.npy  where each passage and its sentences are in them
vectors.faiss                          a vector of each passage as a whole; ids are global passage ids
sentences.npy, …-scales.npy            a vector of each row: a sentence, a title, a question
terms.npy, term-bounds.npy, rows.npy   the terms of each row
first-id                               global id of the first passage
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.encoder import Encoder, Vectors, encode_parts
from knowledge.segments.document_file import DocumentFile, document_line, write_documents
from knowledge.segments.forward import ForwardIndex, Hashes, keys
from knowledge.segments.passage_table import BODY, CONTRAST, PassageTable, write_passages
from knowledge.segments.passages import Passage, rows_of, split_passages
from knowledge.segments.sentence_vectors import SentenceVectors
from knowledge.segments.vectors import VectorIndex
from knowledge.text.analyser import hashes, terms

__all__ = ["DocumentVectors", "Progress", "Reuse", "Segment", "document_line"]

_BATCH = 512
_FIRST_ID = "first-id"

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is."""


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """What encoding a document came to: `wholes` (passages, dimension) and `sentences` (rows, dimension), float32."""

    wholes: Vectors
    sentences: Vectors


Reuse = Callable[[Document], DocumentVectors | None]
"""Gives the vectors of a document where they are there already, of the same text and encoder."""


class Segment:
    """Passages of some documents, held together; safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open what `write` wrote. Raises `OSError`, `ValueError`, `TypeError`, `LookupError` or `RuntimeError` when
        it is damaged."""
        self.documents = DocumentFile(folder)
        self.passages = PassageTable(folder, self.documents)
        self.vectors, self.sentences = VectorIndex.load(folder), SentenceVectors.load(folder)
        self.forward = ForwardIndex.load(folder)
        self.first_id = int((folder / _FIRST_ID).read_text(encoding="ascii"))
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
        reuse: Reuse = lambda document: None,
    ) -> "Segment":
        """Encode and analyse `documents`, and write them into `folder`, which is there and empty.

        Raises `OSError` when the disk is full, and `ValueError` without documents.
        """
        documents = list(documents)
        passages = list(split_passages(documents))
        if not passages:
            raise ValueError("a segment needs at least one document")
        write_documents(folder, documents)
        write_passages(folder, passages)
        (folder / _FIRST_ID).write_text(f"{first_id}\n", encoding="ascii")
        rows = [rows_of(documents[passage.document], passage) for passage in passages]
        with ThreadPoolExecutor(1) as aside:  # the encoder's work is done outside of Python: beside the analyser's
            encoding = aside.submit(_encoded, documents, passages, rows, encoder, progress, reuse)
            ForwardIndex.build(_terms(passages, rows)).save(folder)
            encoded = encoding.result()
        ids = np.arange(first_id, first_id + len(passages), dtype=np.int64)
        VectorIndex.build(encoded.wholes, ids).save(folder)
        SentenceVectors.build(encoded.sentences).save(folder)
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

    def terms(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each passage's global id and the keys of its terms, as the lexical index takes them."""
        bounds = self.forward.bounds[self.forward.rows]
        for number, (start, end) in enumerate(pairwise(bounds.tolist())):
            yield self.first_id + number, tuple(keys(self.forward.terms[start:end]))

    def vectors_by_document(self) -> Iterator[tuple[Document, DocumentVectors]]:
        """All documents with their vectors, for a segment that takes them over."""
        bounds = np.searchsorted(self.owners, np.arange(len(self.documents) + 1))
        for document, (start, end) in zip(self.documents, pairwise(bounds.tolist()), strict=True):
            rows = slice(self.forward.rows[start], self.forward.rows[end])
            wholes = self.vectors.vectors(np.arange(self.first_id + start, self.first_id + end, dtype=np.int64))
            yield document, DocumentVectors(wholes, self.sentences.vectors(rows))


def _encoded(
    documents: list[Document],
    passages: list[Passage],
    rows: list[list[str]],
    encoder: Encoder,
    progress: Progress,
    reuse: Reuse,
) -> DocumentVectors:
    """All passages' vectors in order: those of known documents taken over, the others encoded in batches."""
    known = [reuse(document) for document in documents]
    wanted = [number for number, passage in enumerate(passages) if known[passage.document] is None]
    wholes, sentences = _encode([rows[number] for number in wanted], encoder, progress)
    if len(wanted) == len(passages):
        return DocumentVectors(wholes, sentences)
    fresh = _by_document(wholes, sentences, [passages[n].document for n in wanted], [len(rows[n]) for n in wanted])
    ordered = [known[position] or fresh[position] for position in range(len(documents))]
    return DocumentVectors(
        np.concatenate([found.wholes for found in ordered]), np.concatenate([found.sentences for found in ordered])
    )


def _by_document(
    wholes: Vectors, sentences: Vectors, owners: list[int], counts: list[int]
) -> dict[int, DocumentVectors]:
    found: dict[int, DocumentVectors] = {}
    whole = row = 0
    for owner, group in groupby(zip(owners, counts, strict=True), key=lambda pair: pair[0]):
        lengths = [count for _, count in group]
        found[owner] = DocumentVectors(wholes[whole : whole + len(lengths)], sentences[row : row + sum(lengths)])
        whole, row = whole + len(lengths), row + sum(lengths)
    return found


def _encode(texts: list[list[str]], encoder: Encoder, progress: Progress) -> tuple[Vectors, Vectors]:
    """Vectors of passages, given as their rows, and of all rows."""
    wholes = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    sentences = np.zeros((sum(map(len, texts)), encoder.dimension), dtype=np.float32)
    done = 0
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        end = done + sum(map(len, batch))
        wholes[start : start + len(batch)], sentences[done:end] = encode_parts(encoder, batch, "passage")
        done = end
        progress("encoding passages", start + len(batch), len(texts))
    return wholes, sentences


def _terms(passages: list[Passage], rows: list[list[str]]) -> Iterator[list[Hashes]]:
    """The terms of each row; a contrast is there to be met by meaning, not to be found by its words."""
    for passage, texts in zip(passages, rows, strict=True):
        yield [hashes(() if passage.role == "contrast" else terms(text)) for text in texts]
