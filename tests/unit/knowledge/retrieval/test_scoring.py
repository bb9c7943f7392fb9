"""Scores of candidates, worked out by hand and against a slow and plain calculation."""

import math
from collections import Counter
from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.scoring import K1, PRESENCE, B, QueryTerms, meaning_scores, word_scores
from knowledge.segments.forward import ForwardIndex, Hashes
from knowledge.segments.sentence_vectors import SentenceVectors

TERM = st.integers(0, 40).map(lambda number: number * 65_537 % 2**32)  # many share their lower halves
PASSAGES = st.lists(st.lists(st.lists(TERM, max_size=6), min_size=1, max_size=4), min_size=1, max_size=6)


def _row(*terms: int) -> Hashes:
    return np.array(terms, dtype=np.uint32)


def _query(*weighted: tuple[int, float], pieces: Collection[int] = ()) -> QueryTerms:
    ordered = sorted(weighted)
    found = [term for term, _ in ordered]
    weights = np.array([w for _, w in ordered], dtype=np.float32)
    return QueryTerms(_row(*found), weights, np.array([term in pieces for term in found], dtype=bool))


def test_a_passage_with_all_rare_words_in_one_sentence_scores_highest() -> None:
    forward = ForwardIndex.build([[_row(1, 2, 3)], [_row(1, 9), _row(2, 9)], [_row(9, 9, 9)]])
    found = word_scores(forward, np.array([0, 1, 2]), _query((1, 2.0), (2, 1.0)), 3.0)
    assert [1.0, pytest.approx(2 / 3), 0.0] == found.coverage.tolist()
    assert found.bm25[0] > found.bm25[1] > found.bm25[2] == 0.0
    assert [[1.0], [pytest.approx(2 / 3), pytest.approx(1 / 3)], [0.0]] == [row.tolist() for row in found.rows]


def test_bm25_is_a_share_of_what_a_passage_can_have_at_most() -> None:
    """Average length, the word twice, weight 3 of 4: that it stands there is part of what it can add."""
    forward = ForwardIndex.build([[_row(5, 5, 6, 7)]])
    found = word_scores(forward, np.array([0]), _query((5, 3.0), (8, 1.0)), 4.0)
    assert (PRESENCE + (1 - PRESENCE) * 2 / (2 + K1)) * 3 / 4 == pytest.approx(float(found.bm25[0]))


def test_a_piece_of_a_word_counts_for_less_in_a_long_passage_than_a_word() -> None:
    """Long passages hold pieces of any word by chance; a word that stands there stands there."""
    forward = ForwardIndex.build([[_row(5, *range(100, 200))]])
    word, piece = (word_scores(forward, np.array([0]), _query((5, 1.0), pieces=some), 10.0) for some in ((), (5,)))
    assert float(piece.bm25[0]) < PRESENCE / 2 < PRESENCE < float(word.bm25[0])


def test_a_question_without_terms_scores_nothing() -> None:
    forward = ForwardIndex.build([[_row(1)], [_row(2), _row(3)]])
    found = word_scores(forward, np.array([1, 0]), _query(), 1.0)
    assert ([0.0, 0.0], [0.0, 0.0], [2, 1]) == (
        found.bm25.tolist(),
        found.coverage.tolist(),
        [len(row) for row in found.rows],
    )


@given(
    PASSAGES,
    st.dictionaries(TERM, st.floats(0.1, 9.0), min_size=1, max_size=6),
    st.sets(TERM),
    st.floats(1.0, 30.0),
    st.data(),
)
def test_scores_are_those_of_a_plain_calculation(
    passages: list[list[list[int]]], weights: dict[int, float], pieces: set[int], average: float, data: st.DataObject
) -> None:
    """Whatever passages are asked for, and in whichever order."""
    asked = data.draw(st.lists(st.sampled_from(range(len(passages))), min_size=1, max_size=6))
    forward = ForwardIndex.build([[_row(*row) for row in rows] for rows in passages])
    found = word_scores(forward, np.array(asked), _query(*weights.items(), pieces=pieces), average)
    total = sum(weights.values())
    for at, number in enumerate(asked):
        counts = Counter(term for row in passages[number] for term in row)
        length = sum(counts.values())
        damping = K1 * (1 - B + B * length / average)
        bound = {term: 0.0 if term in pieces else PRESENCE for term in weights}
        held = {t: bound[t] * (counts[t] > 0) + (1 - bound[t]) * counts[t] / (counts[t] + damping) for t in weights}
        bm25 = sum(w * held[t] for t, w in weights.items()) / total
        rows = [sum(w for t, w in weights.items() if t in row) / total for row in passages[number]]
        assert math.isclose(bm25, found.bm25[at], abs_tol=1e-5)
        np.testing.assert_allclose(found.rows[at], rows, atol=1e-5)
        assert math.isclose(max(rows), found.coverage[at], abs_tol=1e-5)


def test_meaning_is_the_best_sentence_and_half_of_the_whole() -> None:
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]], dtype=np.float32)
    forward = ForwardIndex.build([[_row(), _row()], [_row()]])
    sentences = SentenceVectors.build(vectors)
    wholes = np.array([0.5, 0.2], dtype=np.float32)
    scores, rows = meaning_scores(sentences, forward, np.array([0, 1]), wholes, np.array([1.0, 0.0], np.float32))
    np.testing.assert_allclose([(1.0 + 0.25) / 1.5, (0.6 + 0.1) / 1.5], scores, atol=0.01)
    np.testing.assert_allclose([1.0, 0.0], rows[0], atol=0.01)
    np.testing.assert_allclose([0.6], rows[1], atol=0.01)
