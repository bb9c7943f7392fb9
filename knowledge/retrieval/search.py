"""A question to ranked hits, over one generation of the index: candidates from both halves, scored, fused."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from knowledge.content.glossary import Glossary
from knowledge.documents import Document, Kind
from knowledge.encoder import Encoder, Vectors
from knowledge.index.opening import Generation
from knowledge.retrieval.filters import Filters
from knowledge.retrieval.pool import Candidates, Pool
from knowledge.retrieval.query import Query, QueryReader
from knowledge.retrieval.ranking import BRIDGE_WEIGHT, FOREIGN_WORDS, Mode, Scores, rank_key, same_language
from knowledge.retrieval.scoring import meaning_scores, word_scores
from knowledge.segments.passages import Span
from knowledge.segments.segment import Segment

CANDIDATES = 100
"""Passages taken from each half of the index before their sentences are compared."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that may answer, in the reader's language where it exists in it.

    `scores` explain the place. `sentences` are spans into `document.text` with, for each, how well it fits the
    question (`sentence_scores`, higher is better): those of the document's best passage, empty for an FAQ entry.
    """

    document: Document
    scores: Scores
    sentences: tuple[Span, ...] = ()
    sentence_scores: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def kind(self) -> Kind:
        return self.document.kind


@dataclass(slots=True)
class _Gathered:
    """The best of each score among a document's passages, and the passage that is best in all."""

    kind: Kind
    dense: float = 0.0
    bm25: float = 0.0
    coverage: float = 0.0
    bridged: float = 0.0
    nearest: float = -1.0
    language: str = ""
    best: float = -1.0
    place: tuple[Segment, int] | None = None
    fits: Vectors = field(default_factory=lambda: np.zeros(0, np.float32))


class SearchIndex:
    """A generation ready to be asked. Safe to search from several threads."""

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        hidden: frozenset[str] = frozenset(),
        glossary: Glossary | None = None,
    ) -> None:
        """`hidden` are ids of documents that must not be found; `glossary` leads from names to those of other
        languages."""
        self.manifest = generation.manifest
        self._pool = Pool(generation, hidden)
        self._reader = QueryReader(encoder, generation.lexical, glossary, self._pool.languages)

    @property
    def documents(self) -> list[Document]:
        """Every document that can be found."""
        return list(self._pool.documents())

    def version(self, document_id: str, language: str) -> Document | None:
        """The document in `language`, else in its other script, in English, in any; None when there is no such id."""
        by_language = {document.language: document for document in self._pool.versions(document_id)}
        related = (tag for tag in by_language if same_language(tag, language))
        return next((by_language[tag] for tag in (language, *related, "en", *by_language) if tag in by_language), None)

    def search(
        self,
        text: str,
        k: int = 10,
        language: str | None = None,
        *,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        recency: "Recency | None" = None,
    ) -> list[Hit]:
        """At most `k` documents for a question, best first.

        `language` is the reader's: it picks the version shown, and in news that is not in it words count for less
        (None: they count everywhere). It does not filter; `filters` do. `mode` leaves out one half of the index.
        `recency` ranks newer documents before older ones.
        """
        query = self._reader.read(text)
        found = self._pool.candidates(query, CANDIDATES, mode, filters)
        gathered: dict[str, _Gathered] = {}
        for segment, candidates in found.parts:
            self._score(segment, candidates, query, gathered)
        scored = [
            (document_id, self._scores(document_id, best, query, found.contrast, mode, recency, language), best)
            for document_id, best in gathered.items()
        ]
        ranked = sorted(scored, key=lambda one: rank_key(one[2].kind, one[1], one[0]))[:k]
        return [self._hit(document_id, scores, best, language) for document_id, scores, best in ranked]

    def _score(self, segment: Segment, candidates: Candidates, query: Query, gathered: dict[str, _Gathered]) -> None:
        """Score the candidates of one segment, and keep the best for each document."""
        numbers = candidates.numbers
        owners = segment.owners[numbers].tolist()
        dense, rows = meaning_scores(segment.sentences, segment.forward, numbers, candidates.cosines, query.vector)
        words = word_scores(segment.forward, numbers, query.terms, self._pool.average_length)
        bridged = np.zeros(len(numbers), dtype=np.float32)
        for bridge in query.bridges:
            found = word_scores(segment.forward, numbers, bridge, self._pool.average_length).coverage
            bridged = np.maximum(bridged, BRIDGE_WEIGHT * found)
        values = zip(dense.tolist(), words.bm25.tolist(), words.coverage.tolist(), bridged.tolist(), strict=True)
        for at, (meaning, bm25, covered, named) in enumerate(values):
            number = int(numbers[at])
            owner = owners[at]
            document_id, spoken = segment.documents.keys[owner]
            best = gathered.setdefault(document_id, _Gathered(segment.documents.kinds[owner]))
            best.dense, best.bm25 = max(best.dense, meaning), max(best.bm25, bm25)
            best.coverage, best.bridged = max(best.coverage, covered), max(best.bridged, named)
            cosine = float(candidates.cosines[at])
            if cosine > best.nearest:
                best.nearest, best.language = cosine, spoken
            together = meaning + bm25 + max(covered, named)
            if segment.bodies[number] and together > best.best:
                best.best, best.place, best.fits = together, (segment, number), rows[at] + words.rows[at]

    def _scores(
        self,
        document_id: str,
        best: _Gathered,
        query: Query,
        contrast: float,
        mode: Mode,
        recency: "Recency | None",
        language: str | None,
    ) -> Scores:
        readable = best.kind == "faq" or language is None or self._pool.speaks(document_id, language)
        counting = 1.0 if readable else FOREIGN_WORDS
        newness = 0.0
        if recency is not None:
            newness = max(recency(version.source.published) for version in self._pool.versions(document_id))
        return Scores(
            # What is less near than a question that an editor wrote down as not answered is not near.
            dense=best.dense if best.nearest > contrast else 0.0,
            bm25=counting * best.bm25,
            coverage=max(counting * best.coverage, best.bridged),
            information=query.information,
            recency=newness,
            mode=mode,
        )

    def _hit(self, document_id: str, scores: Scores, best: _Gathered, language: str | None) -> Hit:
        document = self.version(document_id, language or best.language)
        assert document is not None  # the id comes from the index itself
        return _with_sentences(document, scores, best)


def _with_sentences(document: Document, scores: Scores, best: _Gathered) -> Hit:
    if best.place is None or document.kind == "faq":
        return Hit(document, scores)
    segment, number = best.place
    passage = segment.passages[number]
    if segment.documents.keys[passage.document] != (document.id, document.language):
        return Hit(document, scores)
    titles = len(best.fits) - len(passage.sentences)  # the headline stands before the sentences
    return Hit(document, scores, passage.sentences, tuple(best.fits[titles:].tolist()))


class Recency:
    """How new a document is on a day, as `knowledge.retrieval.currency` counts it."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, published: date | None) -> float:
        from knowledge.retrieval.currency import recency

        return recency(published, self._today)
