"""Asking and gathering, with a ranker and a clock of the test's own."""

from collections.abc import Iterator

import pytest

from knowledge.evaluation.figures import DEPTH
from knowledge.evaluation.run import Row, ask, means


class Echo:
    """Gives the query's words as ids, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def rank(self, query: str, k: int) -> list[str]:
        self.asked.append((query, k))
        return query.split()


def ticks(*seconds: float) -> Iterator[float]:
    """A clock's readings for queries that take `seconds`."""
    for number, taken in enumerate(seconds):
        yield number * 100.0
        yield number * 100.0 + taken


def test_each_query_is_asked_once_and_its_time_taken() -> None:
    ranker, clock = Echo(), ticks(0.5, 0.25)
    found = ask(ranker, {"q1": "a b", "q2": "c"}, clock=lambda: next(clock))
    assert {"q1": ["a", "b"], "q2": ["c"]} == found.rankings
    assert [0.5, 0.25] == found.seconds
    assert [("a b", DEPTH), ("c", DEPTH)] == ranker.asked


def test_a_text_that_comes_again_is_not_asked_from_a_warm_cache() -> None:
    """It has its ranking, but its time would say nothing."""
    ranker, clock = Echo(), ticks(0.5, 0.25)
    found = ask(ranker, {"q1": "a", "q2": "a", "q3": "b"}, clock=lambda: next(clock))
    assert {"q1": ["a"], "q2": ["a"], "q3": ["b"]} == found.rankings
    assert [0.5, 0.25] == found.seconds


def test_warming_up_comes_first_and_costs_nothing() -> None:
    ranker, clock = Echo(), ticks(0.5)
    found = ask(ranker, {"q1": "a"}, ["x", "y"], clock=lambda: next(clock))
    assert ["x", "y", "a"] == [query for query, _ in ranker.asked]
    assert ({"q1": ["a"]}, [0.5]) == (found.rankings, found.seconds)


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    told: list[tuple[int, int]] = []
    ask(Echo(), {str(n): str(n) for n in range(1100)}, progress=lambda done, total: told.append((done, total)))
    assert [(500, 1100), (1000, 1100), (1100, 1100)] == told


def test_means_are_kept_apart_by_mode() -> None:
    """Each set counts alike, however many queries it has."""
    rows = [
        Row("a", "hybrid", {"recall@1": 1.0, "p50_ms": 2.0}, 1, 1, 0.0),
        Row("a", "dense", {"recall@1": 0.25, "p50_ms": 1.0}, 1, 1, 0.0),
        Row("b", "hybrid", {"recall@1": 0.5, "p50_ms": 4.0}, 900, 1, 0.0),
    ]
    expected = {"hybrid": {"recall@1": 0.75, "p50_ms": 3.0}, "dense": {"recall@1": 0.25, "p50_ms": 1.0}}
    assert expected == {mode: pytest.approx(figures) for mode, figures in means(rows).items()}
    assert list(expected) == list(means(rows))
