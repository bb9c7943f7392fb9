"""One loaded index generation: a question to ranked hits with their scores explained."""

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import analyser, build, generations
from knowledge.documents import Document, Kind
from knowledge.encoder import Encoder, Vectors
from knowledge.errors import IndexCorrupt
from knowledge.lexical import LexicalIndex
from knowledge.ranking import Scores, rank_key
from knowledge.vectors import VectorIndex

CANDIDATES = 60
"""Passages taken from each half before the documents that they belong to are compared."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that may answer, in the reader's language where it exists in it.

    `scores` explain the place; `quote` is the best passage of the body as it stands in `document.text`.
    """

    document: Document
    scores: Scores
    quote: str

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def kind(self) -> Kind:
        return self.document.kind


class SearchIndex:
    """A generation held in memory: documents, passages, both halves. Safe to search from several threads."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Load and verify the generation in `folder`.

        Raises `IndexCorrupt` when a file is missing or altered, or when another encoder wrote it.
        """
        self.manifest = generations.read_manifest(folder)
        generations.verify(folder, self.manifest)
        if self.manifest.encoder_checksum != encoder.checksum:
            raise IndexCorrupt(folder, f"it was built with the encoder {self.manifest.encoder}, not {encoder.name}")
        if self.manifest.analyser != analyser.VERSION:
            raise IndexCorrupt(folder, "it was built by another version of the analyser")
        try:
            self.documents = build.read_documents(folder)
            self._passages = build.read_passages(folder)
            self._vectors = VectorIndex.load(folder)
            self._lexical = LexicalIndex.load(folder)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise IndexCorrupt(folder, str(error)) from error
        self._encoder = encoder
        self._versions: dict[str, list[int]] = {}
        for position, document in enumerate(self.documents):
            self._versions.setdefault(document.id, []).append(position)
        self._numbers: dict[int, list[int]] = {}
        for number, passage in enumerate(self._passages):
            self._numbers.setdefault(passage.document, []).append(number)
        self._idf = lru_cache(maxsize=65_536)(self._rarity)
        self._unheard_of = self._idf("")
        self._passage_terms = lru_cache(maxsize=65_536)(self._collect_passage_terms)
        self._document_terms = lru_cache(maxsize=8_192)(self._collect_document_terms)

    def version(self, document_id: str, language: str) -> Document | None:
        """The document in `language`, else in English, else in any language; None when there is no such id."""
        positions = self._versions.get(document_id, [])
        by_language = {self.documents[position].language: self.documents[position] for position in positions}
        for wanted in (language, "en", *by_language):
            if wanted in by_language:
                return by_language[wanted]
        return None

    def search(self, text: str, k: int = 10, language: str | None = None) -> list[Hit]:
        """At most `k` documents for a question, best first. `language` picks the version shown, it does not filter."""
        terms = frozenset(analyser.terms(text))
        query = self._encoder.encode([text], "query")[0]
        dense_ids, cosines = self._vectors.search(query, CANDIDATES)
        numbers = {int(number) for number in dense_ids if number >= 0}
        contrast = self._nearest_contrast(dense_ids, cosines)
        numbers.update(number for number, _ in self._lexical.search(sorted(terms), CANDIDATES))
        ids = {self.documents[self._passages[number].document].id for number in numbers}
        hits = [self._hit(document_id, query, terms, contrast, language) for document_id in ids]
        return sorted(hits, key=lambda hit: rank_key(hit.kind, hit.scores, hit.id))[:k]

    def _nearest_contrast(self, numbers: NDArray[np.int64], cosines: Vectors) -> float:
        """The cosine of the nearest question that nothing answers; what is less near than that does not count."""
        pairs = zip(numbers, cosines, strict=True)
        return next((float(c) for n, c in pairs if n >= 0 and self._passages[n].role == "contrast"), -1.0)

    def _hit(
        self, document_id: str, query: Vectors, terms: frozenset[str], contrast: float, language: str | None
    ) -> Hit:
        positions = self._versions[document_id]
        numbers = [number for position in positions for number in self._numbers[position]]
        cosines = self._vectors.vectors(np.array(numbers, dtype=np.int64)) @ query
        against = np.array([self._passages[number].role == "contrast" for number in numbers])
        nearest = float(cosines[~against].max())
        scores = Scores(
            dense=max(0.0, nearest if nearest > contrast else 0.0),
            lexical=max(self._coverage(terms, self._document_terms(position)) for position in positions),
            information=self._weight(terms) / self._unheard_of,
        )
        spoken = self.documents[self._passages[numbers[int(cosines.argmax())]].document].language
        document = self.version(document_id, language or spoken)
        assert document is not None  # the id comes from the index itself
        return Hit(document, scores, self._quote(document, query, terms))

    def _quote(self, document: Document, query: Vectors, terms: frozenset[str]) -> str:
        """The body passage that is nearest to the question in meaning and words."""
        position = next(p for p in self._versions[document.id] if self.documents[p] is document)
        bodies = [number for number in self._numbers[position] if self._passages[number].role == "body"]
        if not bodies:
            return document.text
        cosines = self._vectors.vectors(np.array(bodies, dtype=np.int64)) @ query
        shared = [self._coverage(terms, self._passage_terms(number)) for number in bodies]
        best = max(range(len(bodies)), key=lambda i: float(cosines[i]) + shared[i])
        return self._passages[bodies[best]].text

    def _collect_document_terms(self, position: int) -> frozenset[str]:
        return frozenset().union(*(self._passage_terms(number) for number in self._numbers[position]))

    def _collect_passage_terms(self, number: int) -> frozenset[str]:
        return frozenset(build.passage_terms(self.documents, self._passages[number]))

    def _rarity(self, term: str) -> float:
        """Inverse document frequency over passages, as BM25 counts it."""
        found, total = self._lexical.document_frequency(term), max(1, len(self._lexical))
        return math.log(1 + (total - found + 0.5) / (found + 0.5))

    def _weight(self, terms: frozenset[str]) -> float:
        return sum(self._idf(term) for term in terms)

    def _coverage(self, question: frozenset[str], document: frozenset[str]) -> float:
        """The share of the question's terms, weighted by rarity, that stand in the document (0 to 1)."""
        total = self._weight(question)
        return self._weight(question & document) / total if total else 0.0
