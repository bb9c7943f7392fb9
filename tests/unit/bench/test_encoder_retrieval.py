"""Figures of the encoder's measurement, on examples counted by hand."""

import numpy as np
import pytest

from bench.encoder.retrieval import accuracy_at_1, mean_reciprocal_rank, passage_scores, ranks, recall

SCORES = np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.9], [0.1, 0.2, 0.3]])


def test_a_rank_counts_who_is_nearer() -> None:
    """Ranks count from 1, one for each right pair."""
    relevant = np.array([[0, 0], [1, 1], [2, 0], [2, 2]])
    assert [1, 2, 3, 1] == ranks(SCORES, relevant).tolist()


def test_accuracy_is_the_share_of_first_places() -> None:
    assert 2 / 3 == pytest.approx(accuracy_at_1(SCORES, np.array([0, 1, 2])))


def test_accuracy_of_some_rows_looks_at_all_candidates() -> None:
    """The last rows may be asked alone, with the places of their right ones."""
    assert 0.5 == accuracy_at_1(SCORES[-2:], np.array([1, 2]))


@pytest.mark.parametrize("value", [0.0, 0.7, np.nan])
def test_who_ties_with_the_right_one_stands_before_it(value: float) -> None:
    """A system that gives every candidate the same score, or none, finds nothing."""
    assert 0.0 == accuracy_at_1(np.full((3, 3), value), np.arange(3))


def test_recall_is_a_mean_over_queries() -> None:
    """A query with two right passages counts as much as one with a single one."""
    relevant = np.array([[0, 0], [0, 1], [1, 1], [2, 2]])
    found = ranks(SCORES, relevant)
    assert [1, 3, 2, 1] == found.tolist()
    assert (0.5 + 0 + 1) / 3 == pytest.approx(recall(found, relevant, 1))
    assert (0.5 + 1 + 1) / 3 == pytest.approx(recall(found, relevant, 2))


def test_reciprocal_rank_takes_the_best_and_ends_at_the_top() -> None:
    relevant = np.array([[0, 4], [0, 7], [3, 1], [5, 2]])
    found = np.array([9, 2, 11, 4])
    assert (1 / 2 + 0 + 1 / 4) / 3 == pytest.approx(mean_reciprocal_rank(found, relevant, 10))


def test_a_passage_is_its_best_sentence_and_half_of_the_whole() -> None:
    by_sentence = np.array([[0.1, 0.9, 0.4], [0.2, -0.5, -0.1]])
    whole = np.array([[0.2, 0.6], [0.4, -0.2]])
    expected = [[0.9 + 0.1, 0.4 + 0.3], [0.2 + 0.2, -0.1 - 0.1]]
    np.testing.assert_allclose(expected, passage_scores(by_sentence, whole, np.array([0, 2])))
