"""Candidates of one segment to scores: what their sentences mean, and which words stand in them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors
from knowledge.segments.forward import ForwardIndex, Hashes
from knowledge.segments.sentence_vectors import SentenceVectors

K1, B = 1.2, 0.75
"""BM25's usual constants."""
PRESENCE = 1 / 3
"""How much of what a word or pair of characters can add it adds by standing in a passage at all, however long that is:
the lower bound of BM25+, as it is customary. BM25 takes most of it away in a long passage, which answers as well as a
short one. A piece of a word has none: long passages hold pieces of any word by chance."""
WHOLE_WEIGHT = 0.5
"""A passage's meaning is that of its best sentence, plus this much of that of the whole of it."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The distinct terms of a question: `hashes` (terms,) ascending, `weights` (terms,), their rarity (IDF), and which
    of them are `pieces` (terms,) of a word."""

    hashes: Hashes
    weights: Vectors
    pieces: NDArray[np.bool_]

    @property
    def total(self) -> float:
        """All weights together; 0 for a question without terms."""
        return float(self.weights.sum())


@dataclass(frozen=True, slots=True)
class WordScores:
    """All from 0 to 1: `bm25` (candidates,), BM25+ as a share of what no passage can exceed; `coverage` (candidates,),
    the largest share of the question's terms, by weight, in a single row; and that share for each row, `rows`."""

    bm25: Vectors
    coverage: Vectors
    rows: list[Vectors]


def meaning_scores(
    sentences: SentenceVectors, forward: ForwardIndex, numbers: Numbers, wholes: Vectors, query: Vectors
) -> tuple[Vectors, list[Vectors]]:
    """Cosines of a question's vector and candidates: one for each, shape (candidates,), and those of their rows.

    `numbers` are positions in the segment, `wholes` (candidates,) the cosines of the passages' own vectors.
    """
    rows, starts = _gathered(forward.rows[numbers], forward.rows[numbers + 1])
    cosines = sentences.cosines(rows, query)
    best = np.maximum.reduceat(cosines, starts)
    scores: Vectors = (best + WHOLE_WEIGHT * wholes) / (1.0 + WHOLE_WEIGHT)
    return scores, np.split(cosines, starts[1:])


def word_scores(forward: ForwardIndex, numbers: Numbers, query: QueryTerms, average_length: float) -> WordScores:
    """BM25 and coverage of candidates; `average_length` is the mean number of terms of a passage in the index."""
    count, width = len(numbers), len(query.hashes)
    first_rows, end_rows = forward.rows[numbers], forward.rows[numbers + 1]
    rows, row_starts = _gathered(first_rows, end_rows)
    if not query.total:
        nothing = np.zeros(count, dtype=np.float32)
        return WordScores(nothing, nothing, np.split(np.zeros(len(rows), dtype=np.float32), row_starts[1:]))
    begins, ends = forward.bounds[first_rows], forward.bounds[end_rows]
    terms = np.concatenate([forward.terms[begin:end] for begin, end in zip(begins, ends, strict=True)])
    where, which = _occurrences(terms, query.hashes)
    lengths = ends - begins
    passages = np.repeat(np.arange(count), lengths)[where]
    frequencies = np.bincount(passages * width + which, minlength=count * width).reshape(count, width)
    damping = K1 * (1 - B + B * lengths / max(average_length, 1.0))
    saturated = frequencies / (frequencies + damping[:, None])
    bounds = np.where(query.pieces, 0.0, PRESENCE)
    held = (1.0 - bounds) * saturated + bounds * (frequencies > 0)
    bm25 = np.einsum("ij,j->i", held, query.weights) / query.total
    row_numbers = np.repeat(np.arange(len(rows)), forward.bounds[rows + 1] - forward.bounds[rows])[where]
    present = np.zeros(len(rows) * width, dtype=bool)
    present[row_numbers * width + which] = True
    pairs = np.flatnonzero(present)
    covered = np.bincount(pairs // width, query.weights[pairs % width], minlength=len(rows)) / query.total
    coverage = np.maximum.reduceat(covered, row_starts)
    return WordScores(bm25.astype(np.float32), coverage.astype(np.float32), np.split(covered, row_starts[1:]))


def _occurrences(terms: Hashes, wanted: Hashes) -> tuple[Numbers, Numbers]:
    """Where in `terms` any of `wanted` (ascending) stands, and which of them it is."""
    # A look into a table of the hashes' lower halves drops all but a few, far faster than a search for each would.
    lower = np.zeros(1 << 16, dtype=bool)
    lower[wanted & 0xFFFF] = True
    where = np.flatnonzero(lower[terms & 0xFFFF])
    found = terms[where]
    which = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    right = wanted[which] == found
    return where[right], which[right]


def _gathered(firsts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of all ranges one after the other, none of them empty, and where in them each range begins."""
    lengths = ends - firsts
    starts = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - np.repeat(starts - firsts, lengths), starts
