"""One loaded index generation: a question to ranked hits with their scores explained."""

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge import analyser, build, generations
from knowledge.documents import Document, Kind
from knowledge.encoder import Encoder, Vectors
from knowledge.errors import IndexCorrupt
from knowledge.lexical import LexicalIndex
from knowledge.passages import Passage
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
        self._document_terms = lru_cache(maxsize=4096)(self._collect_terms)

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
        terms = tuple(dict.fromkeys(analyser.terms(text)))
        query = self._encoder.encode([text], "query")[0]
        dense_ids, _ = self._vectors.search(query, CANDIDATES)
        numbers = {int(number) for number in dense_ids if number >= 0}
        numbers.update(number for number, _ in self._lexical.search(terms, CANDIDATES))
        ids = {self.documents[self._passages[number].document].id for number in numbers}
        weights = {term: self._idf(term) for term in terms}
        hits = [self._hit(document_id, query, weights, language) for document_id in ids]
        return sorted(hits, key=lambda hit: rank_key(hit.kind, hit.scores, hit.id))[:k]

    def _hit(self, document_id: str, query: Vectors, weights: dict[str, float], language: str | None) -> Hit:
        positions = self._versions[document_id]
        numbers = np.array([number for position in positions for number in self._numbers[position]], dtype=np.int64)
        cosines = self._vectors.vectors(numbers) @ query
        covered = max(positions, key=lambda position: _coverage(weights, self._document_terms(position)))
        best = int(numbers[int(cosines.argmax())])
        scores = Scores(
            dense=max(0.0, float(cosines.max())),
            lexical=_coverage(weights, self._document_terms(covered)),
            terms=len(weights),
            specific=max((weights[t] for t in weights if t in self._document_terms(covered)), default=0.0),
        )
        document = self.version(document_id, language or self.documents[self._passages[best].document].language)
        assert document is not None  # the id comes from the index itself
        return Hit(document, scores, self._quote(document, query, weights))

    def _quote(self, document: Document, query: Vectors, weights: dict[str, float]) -> str:
        """The body passage nearest to the question; where two are as near, the one that shares more words."""
        position = next(p for p in self._versions[document.id] if self.documents[p] is document)
        bodies = [number for number in self._numbers[position] if self._passages[number].role == "body"]
        if not bodies:
            return document.text
        cosines = self._vectors.vectors(np.array(bodies, dtype=np.int64)) @ query
        texts = [self._passages[number].text for number in bodies]
        shared = [_coverage(weights, frozenset(analyser.terms(text))) for text in texts]
        return max(zip(texts, cosines, shared, strict=True), key=lambda item: item[1] + item[2])[0]

    def _collect_terms(self, position: int) -> frozenset[str]:
        document = self.documents[position]
        texts = (document.title, *document.questions, document.text)
        return frozenset(term for text in texts for term in analyser.terms(text))

    def _idf(self, term: str) -> float:
        found, total = self._lexical.document_frequency(term), max(1, len(self._lexical))
        return math.log(1 + (total - found + 0.5) / (found + 0.5))


def _coverage(weights: dict[str, float], terms: frozenset[str]) -> float:
    """The share of the question's terms, weighted by how rare each is, that stand in `terms` (0 to 1)."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0
