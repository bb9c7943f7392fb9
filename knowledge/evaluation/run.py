"""One set to its rows of figures: index it, ask every query in every mode, measure."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from knowledge.encoder import Encoder
from knowledge.evaluation.beir import EvaluationSet
from knowledge.evaluation.figures import DEPTH, percentiles, quality
from knowledge.evaluation.rankers import Progress, Ranker, indexed
from knowledge.retrieval.ranking import Mode

WARM_UP = 20
"""Queries asked before the clock counts: beginnings of documents, so that no query of the set comes back warm."""
_WARM_UP_LENGTH = 60
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one set in one mode; `figures` by name, shares between 0 and 1, times in milliseconds."""

    name: str
    mode: Mode
    figures: dict[str, float]
    queries: int
    documents: int
    build_seconds: float

    def as_dict(self) -> dict[str, str | float | int]:
        """The row as machines read it."""
        return {
            "name": self.name,
            "mode": self.mode,
            **self.figures,
            "queries": self.queries,
            "documents": self.documents,
            "build_seconds": round(self.build_seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: document ids by query id, and the seconds that each different query took."""

    rankings: dict[str, list[str]]
    seconds: list[float]


def measure(
    judged: EvaluationSet, encoder: Encoder, modes: Sequence[Mode], progress: Progress = lambda step, done, total: None
) -> Iterator[Row]:
    """A row for each of `modes`; the set is indexed once, when the first row is asked for.

    Raises `knowledge.errors.KnowledgeError` when the set cannot be indexed.
    """
    warm_up = [document.text[:_WARM_UP_LENGTH] for document in judged.documents[:WARM_UP]]
    with indexed(judged.documents, encoder, progress) as built:
        for mode in modes:
            asked = ask(built.open(mode), judged.queries, warm_up, partial(progress, mode))
            p50, p95 = percentiles(asked.seconds)
            figures = quality(asked.rankings, judged.judgements)
            figures |= {"p50_ms": round(p50, 3), "p95_ms": round(p95, 3)}
            yield Row(judged.name, mode, figures, len(judged.queries), len(judged.documents), built.build_seconds)


def ask(
    ranker: Ranker,
    queries: Mapping[str, str],
    warm_up: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Asked:
    """Ask one query after the other, and take the time. A text that comes again is not asked, nor counted, again."""
    for text in warm_up:
        ranker.rank(text, DEPTH)
    answers: dict[str, list[str]] = {}
    seconds: list[float] = []
    for number, text in enumerate(queries.values(), 1):
        if text not in answers:
            begun = clock()
            answers[text] = ranker.rank(text, DEPTH)
            seconds.append(clock() - begun)
        if number % _TOLD_EVERY == 0 or number == len(queries):
            progress(number, len(queries))
    return Asked({name: answers[text] for name, text in queries.items()}, seconds)


def means(rows: Sequence[Row]) -> dict[Mode, dict[str, float]]:
    """The mean of every figure over the sets, for each mode in the order in which it first occurs."""
    by_mode: dict[Mode, list[Row]] = {}
    for row in rows:
        by_mode.setdefault(row.mode, []).append(row)
    return {
        mode: {name: sum(row.figures[name] for row in group) / len(group) for name in group[0].figures}
        for mode, group in by_mode.items()
    }
