"""The files of a new segment, written while its documents stream through: they are encoded beside everything else."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.documents import Document
from knowledge.encoder import Encoder, Vectors, encode_parts
from knowledge.segments.document_file import DocumentWriter
from knowledge.segments.forward import ForwardIndex, ForwardIndexWriter
from knowledge.segments.growing import GrowingArray
from knowledge.segments.passage_table import PassageWriter
from knowledge.segments.passages import Passage, rows_of, split_passages
from knowledge.segments.sentence_vectors import SentenceVectors, SentenceVectorsWriter
from knowledge.segments.vectors import VectorIndex
from knowledge.text.row_hashes import row_hashes

FIRST_ID = "first-id"
_BATCH = 256
"""Documents that are split, analysed and encoded at once: what they say again is worked out once."""
_WAITING = 2
"""Batches that are read before the first of them is encoded: memory does not grow with the number of documents."""
_WHOLES = "wholes.npy"
"""The passages' vectors until FAISS has them."""

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is."""
Words = Callable[[Iterable[tuple[int, str]]], None]
"""Called once, with each passage's global id and the keys of its terms, a space between them; it has to take them all.
Meanwhile they are being encoded."""


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """What encoding a document came to: `wholes` (passages, dimension) and `sentences` (rows, dimension), float32."""

    wholes: Vectors
    sentences: Vectors


Reuse = Callable[[int], DocumentVectors | None]
"""Gives the vectors of a document, by its position, where they are there already, of the same text and encoder."""


class _Batch(NamedTuple):
    """Some documents, from position `first` on, their passages, and the rows of each passage."""

    first: int
    documents: Sequence[Document]
    passages: list[Passage]
    rows: list[list[str]]


class _Encoded(NamedTuple):
    wholes: Vectors
    sentences: SentenceVectors


def write_segment(
    folder: Path,
    documents: Sequence[Document],
    first_id: int,
    encoder: Encoder,
    progress: Progress,
    reuse: Reuse,
    words: Words,
) -> None:
    """Encode and analyse `documents`, and write what comes of it into `folder`, which is there and empty.

    Raises `OSError` when the disk is full, and `ValueError` without documents.
    """
    if not documents:
        raise ValueError("a segment needs at least one document")
    with ThreadPoolExecutor(1) as aside, _Files(folder) as files:

        def encode(batch: _Batch) -> None:
            files.add_vectors(_encoded(batch, encoder, reuse))
            progress("encoding documents", batch.first + len(batch.documents), len(documents))

        def analyse() -> Iterator[tuple[int, str]]:
            under_way: deque[Future[None]] = deque()
            number = first_id
            for batch in _batches(documents):
                under_way.append(aside.submit(encode, batch))
                analysed = _analysed(batch)
                yield from enumerate(analysed.texts(), number)
                number += len(analysed)
                files.add_texts(batch, analysed)
                if len(under_way) > _WAITING:  # analysing is the quicker: what waits is not to pile up
                    under_way.popleft().result()
            for encoding in under_way:
                encoding.result()

        try:
            words(analyse())
        except BaseException:
            aside.shutdown(cancel_futures=True)
            raise
    vectors = np.load(folder / _WHOLES, mmap_mode="r")
    VectorIndex.build(vectors, np.arange(first_id, first_id + len(vectors), dtype=np.int64)).save(folder)
    (folder / _WHOLES).unlink()
    (folder / FIRST_ID).write_text(f"{first_id}\n", encoding="ascii")


class _Files(ExitStack):
    """The files of a segment that grow batch by batch; vectors may come from another thread than texts."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._wholes = self.enter_context(GrowingArray(folder / _WHOLES))
        self._sentences = self.enter_context(SentenceVectorsWriter(folder))
        self._forward = self.enter_context(ForwardIndexWriter(folder))
        self._passages = self.enter_context(PassageWriter(folder))
        self._documents = self.enter_context(DocumentWriter(folder))

    def add_vectors(self, encoded: _Encoded) -> None:
        self._wholes.append(encoded.wholes)
        self._sentences.append(encoded.sentences)

    def add_texts(self, batch: _Batch, analysed: ForwardIndex) -> None:
        self._forward.append(analysed)
        self._passages.append(batch.passages)
        for document in batch.documents:
            self._documents.add(document)


def _slices(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    for start in range(0, len(documents), _BATCH):
        yield documents[start : start + _BATCH]


def _batches(documents: Sequence[Document]) -> Iterator[_Batch]:
    first = 0
    for some in _slices(documents):
        passages = list(split_passages(some, first))
        yield _Batch(first, some, passages, [rows_of(some[passage.document - first], passage) for passage in passages])
        first += len(some)


def _analysed(batch: _Batch) -> ForwardIndex:
    """The terms of each row; a contrast is there to be met by meaning, not to be found by its words."""
    pairs = zip(batch.passages, batch.rows, strict=True)
    texts = [text if passage.role != "contrast" else "" for passage, rows in pairs for text in rows]
    terms, bounds = row_hashes(texts)
    return ForwardIndex(terms, bounds, np.array([0, *accumulate(map(len, batch.rows))], dtype=np.int64))


def _encoded(batch: _Batch, encoder: Encoder, reuse: Reuse) -> _Encoded:
    """All passages' vectors in order: those of known documents taken over, the others encoded."""
    known = [reuse(position) for position in range(batch.first, batch.first + len(batch.documents))]
    owners = [passage.document - batch.first for passage in batch.passages]
    wanted = [number for number, owner in enumerate(owners) if known[owner] is None]
    wholes, sentences = encode_parts(encoder, [batch.rows[number] for number in wanted], "passage")
    if len(wanted) < len(owners):
        counts = [len(batch.rows[number]) for number in wanted]
        fresh = _by_document(wholes, sentences, [owners[number] for number in wanted], counts)
        ordered = [vectors or fresh[owner] for owner, vectors in enumerate(known)]
        wholes = np.concatenate([vectors.wholes for vectors in ordered])
        sentences = np.concatenate([vectors.sentences for vectors in ordered])
    return _Encoded(wholes, SentenceVectors.build(sentences))


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
