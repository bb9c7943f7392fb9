"""The quality figures of one system on all data sets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.encoder.datasets import (
    CROSS_SETS,
    LANGUAGES,
    SAME_LANGUAGE_SETS,
    RetrievalSet,
    Translations,
    read_ntrex,
    read_retrieval,
)
from bench.encoder.retrieval import accuracy_at_1, mean_reciprocal_rank, ranks, recall
from bench.encoder.systems import System

HELD_BACK = 200
"""The last rows of NTREX, which no training reads."""

Figures = dict[str, dict[str, float]]
"""Measure → set or language → value between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: `key` in the JSON, `title` for people; `lexical_peer` where BM25 is a fair peer."""

    key: str
    title: str
    lexical_peer: bool = False


MEASURES = (
    Measure("ntrex_held_back", f"NTREX → English, accuracy@1, the last {HELD_BACK} rows (held back from training)"),
    Measure("ntrex_all", "NTREX → English, accuracy@1, all 1,000 (800 of them may be trained on)"),
    Measure("cross_recall@5", "XQuAD, question in X → English passage, recall@5"),
    Measure("same_recall@1", "Within one language, recall@1", lexical_peer=True),
    Measure("same_recall@5", "Within one language, recall@5", lexical_peer=True),
    Measure("same_mrr@10", "Within one language, MRR@10", lexical_peer=True),
)


@dataclass(frozen=True, slots=True)
class QualityData:
    """All sets, read once and given to every system."""

    translations: list[Translations]
    cross: list[RetrievalSet]
    same: list[RetrievalSet]


def read_data(data: Path) -> QualityData:
    """Read what lies below the data folder; raises BadRow where a file is not as it should be."""
    return QualityData(
        [read_ntrex(data / "parallel", language) for language in LANGUAGES],
        [read_retrieval(data / "retrieval" / name) for name in CROSS_SETS],
        [read_retrieval(data / "retrieval" / name) for name in SAME_LANGUAGE_SETS],
    )


def measure(system: System, data: QualityData, say: Callable[[str], None] = lambda _: None) -> Figures:
    """All figures of one system, by the keys of `MEASURES`; `say` hears of progress."""
    figures: Figures = {item.key: {} for item in MEASURES}
    say(f"{system.name}: NTREX")
    for translations in data.translations:
        held_back, everything = ntrex_accuracy(system, translations)
        figures["ntrex_held_back"][translations.language] = held_back
        figures["ntrex_all"][translations.language] = everything
    say(f"{system.name}: passages across languages")
    for found in data.cross:
        figures["cross_recall@5"][found.name] = retrieval_figures(system, found)["recall@5"]
    say(f"{system.name}: passages within one language")
    for found in data.same:
        for name, value in retrieval_figures(system, found).items():
            figures[f"same_{name}"][found.name] = value
    return figures


def ntrex_accuracy(system: System, translations: Translations) -> tuple[float, float]:
    """Accuracy@1 among all English sentences, for the queries held back from training and for all of them."""
    scores = system.sentence_scores(translations.targets, translations.english)
    right = np.arange(len(translations.english))
    return accuracy_at_1(scores[-HELD_BACK:], right[-HELD_BACK:]), accuracy_at_1(scores, right)


def retrieval_figures(system: System, found: RetrievalSet) -> dict[str, float]:
    """Recall@1, recall@5 and MRR@10 of one set."""
    places = ranks(system.passage_scores(found.queries, found.passages), found.relevant)
    return {
        "recall@1": recall(places, found.relevant, 1),
        "recall@5": recall(places, found.relevant, 5),
        "mrr@10": mean_reciprocal_rank(places, found.relevant, 10),
    }


def mean(values: dict[str, float]) -> float:
    """Mean over sets or languages."""
    return sum(values.values()) / len(values)
