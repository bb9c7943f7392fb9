"""Figures on examples worked out by hand, and beside those of `bench.encoder` on the same rankings."""

import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.encoder.bm25 import bm25_scores
from bench.encoder.retrieval import Pairs, Scores, mean_reciprocal_rank, ranks, recall
from knowledge.evaluation.beir import read_set
from knowledge.evaluation.figures import percentiles, quality
from knowledge.evaluation.layout import find_sets

XQUAD = Path(__file__).parents[5] / "shared" / "data" / "retrieval" / "xquad-en-en"

# Five queries over twelve documents a … l.
RANKINGS = {
    "first": list("abcdefghij"),
    "third": list("bcadefghij"),
    "two": list("kalcefghij"),
    "sixth": list("bcdefahijk"),
    "none": list("bcdefghijk"),
}
JUDGEMENTS = {
    "first": {"a": 1},
    "third": {"a": 1},
    "two": {"a": 1, "c": 3},
    "sixth": {"a": 2},
    "none": {"a": 1, "l": 1},
}


def log(rank: int) -> float:
    return math.log2(rank + 1)


def test_every_figure_is_what_it_is_by_hand() -> None:
    """Ranks: first 1; third 3; two 2 (grade 1) and 4 (grade 3); sixth 6; none has neither."""
    two_by_grade = (1 / log(2) + 3 / log(4)) / (3 / log(1) + 1 / log(2))
    expected = {
        "recall@1": (1 + 0 + 0 + 0 + 0) / 5,
        "recall@5": (1 + 1 + 1 + 0 + 0) / 5,
        "recall@10": (1 + 1 + 1 + 1 + 0) / 5,
        "mrr@10": (1 + 1 / 3 + 1 / 2 + 1 / 6 + 0) / 5,
        "ndcg@10": (1 + 1 / log(3) + two_by_grade + 1 / log(6) + 0) / 5,
    }
    assert expected == pytest.approx(quality(RANKINGS, JUDGEMENTS))
    assert list(expected) == list(quality(RANKINGS, JUDGEMENTS))


def test_recall_is_the_share_of_what_is_right() -> None:
    """With three right ones, one found is a third, however high it stands."""
    figures = quality({"q": ["a", "x", "b"]}, {"q": {"a": 1, "b": 1, "c": 1}})
    expected = [1 / 3, 2 / 3, 2 / 3]
    assert expected == pytest.approx([figures["recall@1"], figures["recall@5"], figures["recall@10"]])


def test_the_eleventh_place_counts_for_nothing() -> None:
    figures = quality({"q": [*"bcdefghijk", "a"]}, {"q": {"a": 1}})
    assert dict.fromkeys(figures, 0.0) == figures


def test_a_query_that_found_nothing_counts_and_one_without_anything_right_does_not() -> None:
    judgements = {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"a": 1}, "q4": {"a": 0, "b": -1}}
    figures = quality({"q1": ["a"], "q2": [], "q4": ["a"], "q5": ["a"]}, judgements)
    assert dict.fromkeys(figures, pytest.approx(1 / 3)) == figures


def test_the_order_of_the_list_is_the_ranking_whatever_the_ids() -> None:
    """trec_eval itself would put the higher id first where scores tie, and stop at an odd character."""
    ids = ["z", "a\0b", "a", "\ud800", "é", "10", "9"]
    for rank, name in enumerate(ids, 1):
        assert 1 / rank == pytest.approx(quality({"q\0": ids}, {"q\0": {name: 1}})["mrr@10"])


@pytest.mark.parametrize(
    ("rankings", "judgements"), [({"q": ["a", "a"]}, {"q": {"a": 1}}), ({"q": ["a"]}, {"q": {"a": 0}}), ({}, {})]
)
def test_what_is_no_ranking_or_no_judgement_is_refused(
    rankings: dict[str, list[str]], judgements: dict[str, dict[str, int]]
) -> None:
    with pytest.raises(ValueError, match=r"twice|judged"):
        quality(rankings, judgements)


def test_percentiles_are_milliseconds() -> None:
    """Of 1 to 21 ms: the eleventh, and the twentieth."""
    assert (11.0, 20.0) == pytest.approx(percentiles([number / 1000 for number in range(21, 0, -1)]))
    assert (2.5, 2.5) == pytest.approx(percentiles([0.0025]))


def of_bench(scores: Scores, relevant: Pairs) -> dict[str, float]:
    places = ranks(scores, relevant)
    found = {f"recall@{top}": recall(places, relevant, top) for top in (1, 5, 10)}
    return {**found, "mrr@10": mean_reciprocal_rank(places, relevant, 10)}


def ours(scores: Scores, relevant: Pairs) -> dict[str, float]:
    """Figures of the ranking that `scores` make; where they tie, the right one stands last, as `bench` has it."""
    wrong = np.ones(scores.shape, dtype=bool)
    wrong[tuple(relevant.T)] = False
    order = np.lexsort((~wrong, -scores), axis=1)
    judgements: dict[str, dict[str, int]] = {}
    for query, document in relevant:
        judgements.setdefault(str(query), {})[str(document)] = 1
    figures = quality({str(q): [str(d) for d in row] for q, row in enumerate(order)}, judgements)
    return {name: value for name, value in figures.items() if name != "ndcg@10"}


def test_bench_and_eval_agree_on_the_example() -> None:
    """The same five rankings as scores: the two measurements of this project do not contradict each other."""
    names = "abcdefghijkl"
    scores = np.array([[-r.index(name) if name in r else -99 for name in names] for r in RANKINGS.values()], float)
    pairs = [(q, names.index(name)) for q, grades in enumerate(JUDGEMENTS.values()) for name in grades]
    relevant = np.array(pairs, dtype=np.int64)
    by_hand = {"recall@1": 1 / 5, "recall@5": 3 / 5, "recall@10": 4 / 5, "mrr@10": 2 / 5}
    assert by_hand == pytest.approx(of_bench(scores, relevant))
    assert by_hand == pytest.approx(ours(scores, relevant))


@given(st.lists(st.permutations(range(15)), min_size=1, max_size=6), st.data())
def test_bench_and_eval_agree_on_any_ranking(orders: list[list[int]], data: st.DataObject) -> None:
    scores = -np.argsort(np.array(orders), axis=1).astype(float)
    right = data.draw(st.lists(st.sets(st.integers(0, 14), min_size=1), min_size=len(orders), max_size=len(orders)))
    relevant = np.array([(q, d) for q, documents in enumerate(right) for d in sorted(documents)], dtype=np.int64)
    assert of_bench(scores, relevant) == pytest.approx(ours(scores, relevant))


def test_bench_and_eval_agree_on_a_real_set() -> None:
    """BM25 over XQuAD's English half, read by our reader."""
    if not XQUAD.is_dir():
        missing = "xquad-en-en is missing: put it into ../shared/data/retrieval to run this test"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    [files] = find_sets([XQUAD])
    found = read_set(files)
    scores = bm25_scores(list(found.queries.values()), [document.text for document in found.documents])
    places = {document.id: number for number, document in enumerate(found.documents)}
    pairs = [(q, places[d]) for q, name in enumerate(found.queries) for d in found.judgements[name]]
    relevant = np.array(pairs, dtype=np.int64)
    expected = of_bench(scores, relevant)
    assert 0.5 < expected["recall@1"] < 1.0
    assert expected == pytest.approx(ours(scores, relevant))
