"""All that could be found, scored exactly for a question, with any part left out: what training asks."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.expected import Told
from knowledge.answering.features import Evidence
from knowledge.content.glossary import Glossary
from knowledge.documents import Document
from knowledge.encoder import Encoder, Vectors
from knowledge.index.opening import Generation
from knowledge.retrieval.query import PIECES_WEIGH, shares_of_words
from knowledge.retrieval.ranking import (
    BM25_WEIGHT,
    BRIDGE_WEIGHT,
    COVERAGE_WEIGHT,
    DENSE_WEIGHT,
    FAQ_BEFORE_NEWS,
    FOREIGN_WORDS,
    Scores,
    same_language,
)
from knowledge.retrieval.scoring import K1, PRESENCE, WHOLE_WEIGHT, B
from knowledge.segments.passages import Passage
from knowledge.segments.segment import Segment
from knowledge.text.analyser import hashes, is_piece, terms

NEWS_PASSAGES = 1_000
"""Passages of the news that take part, evenly spread over all: enough to stand in the way as they do in the index."""
TRANSLATION = 0.7
"""Cosine from which two questions of one entry in two languages are taken for the same question."""
RANKED = 10
"""Documents of a ranking that are looked at."""

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best documents in order, as `knowledge.retrieval.search` would rank them, with what speaks for each.

    `known` is the share of the question's terms that stand anywhere.
    """

    ids: tuple[str, ...]
    scores: tuple[Scores, ...]
    evidence: tuple[Evidence, ...]
    known: float


class Corpus:
    """FAQ and some of the news of a generation.

    `passages` are those that take part; `language` (passages,) is what each is written in, `entry` (passages,) whose
    it is, a position in `ids`, the ids of all documents in order; `contrast` (passages,) tells which are contrasts.
    """

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        glossary: Glossary | None = None,
        news_passages: int = NEWS_PASSAGES,
    ) -> None:
        self._encoder, self._glossary = encoder, glossary
        chosen = _chosen(generation, news_passages)
        parts = list(zip(generation.segments, chosen, strict=True))
        self.passages: list[Passage] = [segment.passages[at] for segment, numbers in parts for at in numbers.tolist()]
        self.contrast = np.array([passage.role == "contrast" for passage in self.passages], dtype=bool)
        keys = [segment.documents.keys[at] for segment, numbers in parts for at in segment.owners[numbers].tolist()]
        self.language = np.array([language for _, language in keys])
        self._languages = sorted({language for _, language in keys})
        self.ids = sorted({name for name, _ in keys})
        places = {name: place for place, name in enumerate(self.ids)}
        self.entry = np.array([places[name] for name, _ in keys], dtype=np.int64)
        self.topics = {
            segment.documents.keys[position][0]: segment.documents[position].topic
            for segment, numbers in parts
            for position in np.unique(segment.owners[numbers]).tolist()
        }
        """What each document is about, by id; None where that is not told."""
        self.told = _told(parts)
        """What each document tells of, in all its languages, by id."""
        self._faq = np.array([name.startswith("faq:") for name in self.ids])
        # Passages in the order of documents, and of languages within each: a version is a run of them.
        versions = self.entry * len(self._languages) + np.searchsorted(self._languages, self.language)
        self._by_version = np.argsort(versions, kind="stable")
        found, self._version_starts = np.unique(versions[self._by_version], return_index=True)
        self._entry_starts = np.searchsorted(found // len(self._languages), np.arange(len(self.ids)))
        self._read(parts)

    def _read(self, parts: list[tuple[Segment, NDArray[np.int64]]]) -> None:
        """Vectors and terms of the chosen passages, those of all segments one after the other."""
        rows = [_ranges(segment.forward.rows, numbers) for segment, numbers in parts]
        self._wholes = _joined([segment.vectors.vectors(n + segment.first_id) for segment, n in parts])
        self._sentences = _joined(
            [
                segment.sentences.rows[found].astype(np.float32) * segment.sentences.scales[found, None]
                for (segment, _), found in zip(parts, rows, strict=True)
            ]
        )
        row_counts = _joined([np.diff(segment.forward.rows)[n] for segment, n in parts])
        self._row_starts = np.cumsum(row_counts) - row_counts
        pairs = list(zip(parts, rows, strict=True))
        lengths = _joined([np.diff(segment.forward.bounds)[found] for (segment, _), found in pairs])
        held = _joined([segment.forward.terms[_ranges(segment.forward.bounds, f)] for (segment, _), f in pairs])
        self._passage_of = np.repeat(np.arange(len(row_counts)), row_counts)
        self._lengths = np.bincount(self._passage_of, lengths, len(row_counts))
        # Posting lists: the rows of each term, one after the other.
        order = np.argsort(held, kind="stable")
        self._postings = np.repeat(np.arange(len(lengths)), lengths)[order]
        self._vocabulary, firsts = np.unique(held[order], return_index=True)
        self._bounds = np.append(firsts, len(held))

    def everything(self) -> Mask:
        """A mask that leaves nothing out, shape (passages,)."""
        return np.ones(len(self.passages), dtype=bool)

    def vector(self, text: str) -> Vectors:
        """A question's vector (dimension,)."""
        found: Vectors = self._encoder.encode([text], "query")[0]
        return found

    def translations(self, number: int) -> Mask:
        """Passages of the same document, in another language, that say what passage `number` says."""
        same = (self.entry == self.entry[number]) & (self.language != self.language[number])
        found: Mask = same & (self._wholes @ self._wholes[number] >= TRANSLATION)
        return found

    def rank(self, text: str, language: str, masks: list[Mask]) -> Iterator[Ranked]:
        """The ranking of a question that a reader of `language` asks, once for each mask (passages,), which says what
        takes part: not contrasts alone."""
        own = self._standing(terms(text))
        bridges = [self._standing(names) for names in names_elsewhere(text, self._glossary, self._languages)]
        query = self.vector(text)
        wholes = self._wholes @ query
        best = np.maximum.reduceat(self._sentences @ query, self._row_starts)
        dense = (best + WHOLE_WEIGHT * wholes) / (1 + WHOLE_WEIGHT)
        spoken = np.array([same_language(one, language) for one in self._languages])
        readable = spoken[np.searchsorted(self._languages, self.language)].astype(np.float64)
        for mask in masks:
            alive = mask & ~self.contrast
            counting = np.where(self._faq | (self._best_of_each(readable, alive) > 0), 1.0, FOREIGN_WORDS)
            weights, information = own.weights(mask)
            bridged = np.zeros(len(self.ids))
            for bridge in bridges:
                found = self._best_of_each(self._coverage(bridge, bridge.weights(mask)[0]), alive)
                bridged = np.maximum(bridged, BRIDGE_WEIGHT * found)
            contrast = wholes[mask & self.contrast].max(initial=-1.0)
            near = self._best_of_each(wholes, alive) > contrast
            scored = (
                np.where(near, self._best_of_each(dense, alive), 0.0),
                counting * self._best_of_each(self._bm25(own, weights, alive), alive),
                np.maximum(counting * self._best_of_each(self._coverage(own, weights), alive), bridged),
            )
            mean, least = self._over_versions(dense, alive)
            held, known = self._held(own, own.weights(mask, pieces_weigh=1.0)[0], alive)
            first = self._first(*scored, np.unique(self.entry[alive]))
            yield Ranked(
                tuple(self.ids[at] for at in first),
                tuple(_scores(scored, at, information) for at in first),
                tuple(
                    Evidence(
                        float(scored[0][at]), float(mean[at] * near[at]), float(least[at] * near[at]), float(held[at])
                    )
                    for at in first
                ),
                known,
            )

    def _bm25(self, asked: "_Standing", weights: Floats, alive: Mask) -> Floats:
        damping = K1 * (1 - B + B * self._lengths[asked.passages] / max(self._lengths[alive].mean(), 1.0))
        bounds = np.where(asked.pieces, 0.0, PRESENCE)[asked.which]
        gained = weights[asked.which] * (bounds + (1 - bounds) * asked.counts / (asked.counts + damping))
        scores: Floats = np.bincount(asked.passages, gained, len(self.passages)) / (weights.sum() or 1.0)
        return scores

    def _coverage(self, asked: "_Standing", weights: Floats) -> Floats:
        covered = np.bincount(asked.rows, weights[asked.which_in_row], len(self._sentences))
        best: Floats = np.maximum.reduceat(covered, self._row_starts) / (weights.sum() or 1.0)
        return best

    def _first(self, dense: Floats, bm25: Floats, coverage: Floats, there: NDArray[np.int64]) -> list[int]:
        fused = DENSE_WEIGHT * dense + BM25_WEIGHT * bm25 + COVERAGE_WEIGHT * coverage
        keys = -(fused + FAQ_BEFORE_NEWS * self._faq)[there]
        best: list[int] = there[np.argsort(keys, kind="stable")[:RANKED]].tolist()
        return best

    def _best_of_each(self, values: Vectors | Floats, alive: Mask) -> Floats:
        """The greatest of each document's passages, 0 where none takes part, shape (documents,)."""
        best: Floats = np.maximum.reduceat(self._best_of_versions(values, alive), self._entry_starts)
        return best

    def _best_of_versions(self, values: Vectors | Floats, alive: Mask) -> Floats:
        """The same for each version of each document, those of one document side by side, shape (versions,)."""
        best: Floats = np.maximum.reduceat(np.where(alive, values, 0.0)[self._by_version], self._version_starts)
        return np.maximum(best, 0.0)

    def _over_versions(self, values: Vectors | Floats, alive: Mask) -> tuple[Floats, Floats]:
        """The mean over a document's versions of the best in each, and the least, both of shape (documents,)."""
        best = self._best_of_versions(values, alive)
        there = np.logical_or.reduceat(alive[self._by_version], self._version_starts)
        count = np.add.reduceat(there.astype(np.float64), self._entry_starts)
        least = np.minimum.reduceat(np.where(there, best, np.inf), self._entry_starts)
        return np.add.reduceat(best, self._entry_starts) / np.maximum(count, 1.0), np.where(count > 0, least, 0.0)

    def _held(self, asked: "_Standing", weights: Floats, alive: Mask) -> tuple[Floats, float]:
        """The share of the question that stands in each document, shape (documents,), and in any."""
        width, total = max(asked.terms, 1), float(weights.sum()) or 1.0
        there = alive[asked.passages]
        pairs = np.unique(self.entry[asked.passages[there]] * width + asked.which[there])
        held: Floats = np.bincount(pairs // width, weights[pairs % width], len(self.ids)) / total
        return held, float(weights[np.unique(asked.which[there])].sum()) / total

    def _standing(self, found: Sequence[str]) -> "_Standing":
        asked, first = np.unique(hashes(found), return_index=True)
        shares = shares_of_words(found)[first]
        places = np.searchsorted(self._vocabulary, asked)
        known = np.flatnonzero(np.append(self._vocabulary, 0)[places] == asked)
        known = known[places[known] < len(self._vocabulary)]
        places = places[known]
        rows = self._postings[_ranges(self._bounds, places)]
        which = np.repeat(known, np.diff(self._bounds)[places])
        width = max(len(asked), 1)
        in_rows = np.unique(rows * width + which)
        in_passages, counts = np.unique(self._passage_of[rows] * width + which, return_counts=True)
        return _Standing(
            len(asked),
            shares,
            np.fromiter(map(is_piece, found), dtype=bool, count=len(found))[first],
            in_passages // width,
            in_passages % width,
            counts.astype(np.float64),
            in_rows // width,
            in_rows % width,
        )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where each of `terms` distinct terms stands: in `passages`, `which` of them, how often; and in which rows.
    `shares` (terms,): how much of its word each is; `pieces` (terms,): which are no words by themselves.
    """

    terms: int
    shares: Vectors
    pieces: Mask
    passages: NDArray[np.int64]
    which: NDArray[np.int64]
    counts: Floats
    rows: NDArray[np.int64]
    which_in_row: NDArray[np.int64]

    def weights(self, mask: Mask, pieces_weigh: float = PIECES_WEIGH) -> tuple[Floats, float]:
        """The rarity of each term among what takes part, and of all together as `Scores.information` counts it."""
        total = int(mask.sum())
        frequency = np.bincount(self.which, mask[self.passages], self.terms)
        weights: Floats = np.log1p((total - frequency + 0.5) / (frequency + 0.5)) * self.shares**pieces_weigh
        return weights, float(weights.sum()) / math.log1p((total + 0.5) / 0.5)


def names_elsewhere(text: str, glossary: Glossary | None, languages: Collection[str]) -> list[Sequence[str]]:
    """The terms of what the text names by its names in each of `languages`; none where it names nothing."""
    if glossary is None or not glossary.concepts(text):
        return []
    by_language = [glossary.expand(text, (language,)) for language in languages]
    return [terms(" ".join(names)) for names in by_language if names]


def _told(parts: list[tuple[Segment, NDArray[np.int64]]]) -> dict[str, Told]:
    versions: dict[str, list[Document]] = {}
    for segment, numbers in parts:
        for position in np.unique(segment.owners[numbers]).tolist():
            versions.setdefault(segment.documents.keys[position][0], []).append(segment.documents[position])
    return {name: Told.by(documents) for name, documents in versions.items()}


def _chosen(generation: Generation, news_passages: int) -> list[NDArray[np.int64]]:
    """Positions in each segment of the passages that take part, ascending."""
    faq, news = [], []
    for segment, removed in zip(generation.segments, generation.removed, strict=True):
        is_faq = np.array([kind == "faq" for kind in segment.documents.kinds], dtype=bool)
        gone = np.isin(np.arange(len(is_faq)), np.fromiter(removed, np.int64, len(removed)))
        faq.append(np.flatnonzero((is_faq & ~gone)[segment.owners]))
        news.append(np.flatnonzero((~is_faq & ~gone)[segment.owners]))
    share = min(1.0, news_passages / max(sum(map(len, news)), 1))
    kept = [found[np.linspace(0, len(found), int(len(found) * share), endpoint=False).astype(int)] for found in news]
    return [np.union1d(one, other) for one, other in zip(faq, kept, strict=True)]


def _ranges(bounds: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """All positions from `bounds[n]` up to `bounds[n + 1]`, for each of `numbers` in turn."""
    parts = [np.arange(bounds[number], bounds[number + 1]) for number in numbers]
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts)


def _scores(scored: tuple[Floats, Floats, Floats], at: int, information: float) -> Scores:
    dense, bm25, coverage = (float(score[at]) for score in scored)
    return Scores(dense, bm25, coverage, information)
