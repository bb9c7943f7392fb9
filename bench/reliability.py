"""`python -m bench.reliability`: how well the probability that a hit answers agrees with how often it does.

Measured on the FAQ's own questions, each judged by a model that has seen nothing of its entry, and on questions that
somebody else wrote, of which nothing was trained on. Writes reliability.json, .md and .png into bench/results.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import reliability_plot
from bench.held_out import Asked, ask_all, read_held_out
from bench.rehearsed import GLOSSARY, shipped_generation, shipped_lessons
from citydesk.output import say
from knowledge.answering.decision import ANSWER_FROM, ASK_BACK_FROM
from knowledge.answering.judge import Judge
from knowledge.answering.training import cross_validated, rehearse, train, weights_of
from knowledge.content.glossary import load_glossary
from knowledge.encoder import load_encoder
from knowledge.retrieval.search import SearchIndex

RESULTS = Path(__file__).parent / "results"
BINS = 10
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability lies in one tenth: their weight as a share of all, mean probability, share right."""

    weight: float
    expected: float
    observed: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """`brier` is the mean squared error of the probability, `error` the mean distance of a bin from the diagonal."""

    name: str
    questions: int
    brier: float
    error: float
    bins: list[Bin]


def reliability(
    name: str, probabilities: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> Reliability:
    """Compare probabilities (n,) with what was right (n,), each question with its weight (n,)."""
    shares = weights / weights.sum()
    brier = float((shares * (probabilities - right) ** 2).sum())
    number = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    bins = [_bin(probabilities[number == at], right[number == at], shares[number == at]) for at in range(BINS)]
    found = [one for one in bins if one.weight > 0]
    error = sum(one.weight * abs(one.expected - one.observed) for one in found)
    return Reliability(name, len(right), round(brier, 4), round(error, 4), found)


def _bin(probabilities: NDArray[np.float64], right: NDArray[np.bool_], shares: NDArray[np.float64]) -> Bin:
    weight = float(shares.sum())
    if not weight:
        return Bin(0.0, 0.0, 0.0)
    means = (float((values * shares).sum()) / weight for values in (probabilities, right.astype(np.float64)))
    return Bin(round(weight, 4), *(round(mean, 4) for mean in means))


def outcomes(asked: Sequence[Asked]) -> dict[str, Any]:
    """How many of the held-out questions were decided right, by what was done."""
    answerable = [one for one in asked if one.accepted]
    unanswerable = [one for one in asked if not one.accepted]
    return {
        "answerable": len(answerable),
        "answered_right": sum(one.status == "answered" and one.first_is_right for one in answerable),
        "asked_back_with_it": sum(one.status == "uncertain" and one.offered for one in answerable),
        "answered_wrong": sum(one.status == "answered" and not one.first_is_right for one in answerable),
        "unanswerable": len(unanswerable),
        "no_answer": sum(one.status == "no_answer" for one in unanswerable),
        "asked_back": sum(one.status == "uncertain" for one in unanswerable),
        "answered": sum(one.status == "answered" for one in unanswerable),
    }


def main() -> int:
    """Measure, write and print; returns the exit status."""
    encoder, glossary = load_encoder(), load_glossary(GLOSSARY)
    lessons = shipped_lessons()
    with shipped_generation(encoder) as generation:
        rehearsed = rehearse(generation, encoder, lessons, glossary, ALL)
        model = train(generation, encoder, lessons, glossary)
        if rehearsed is None or model is None:
            say("The FAQ in content/faq has too few questions to train on; nothing was measured.")
            return 1
        index = SearchIndex(generation, encoder, glossary=glossary)
        asked = ask_all(index, Judge.of(model, glossary, generation, encoder), read_held_out())
    samples, rarity, _ = rehearsed
    right = [sample.right for sample in samples]
    validated = reliability(
        "known questions, cross-validated",
        np.array([one.answers for one in cross_validated(samples, rarity)]),
        np.array(right),
        weights_of(samples, right),
    )
    held_out = reliability(
        "held-out questions",
        np.array([one.probability for one in asked]),
        np.array([one.first_is_right for one in asked]),
        np.ones(len(asked)),
    )
    write([validated, held_out], outcomes(asked))
    return 0


def write(curves: list[Reliability], decided: dict[str, Any]) -> None:
    """The three files."""
    figures = {"decided": decided, "reliability": [asdict(curve) for curve in curves]}
    (RESULTS / "reliability.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    page = as_markdown(curves, decided)
    (RESULTS / "reliability.md").write_text(page, encoding="utf-8")
    reliability_plot.save([(c.name, [(b.expected, b.observed, b.weight) for b in c.bins]) for c in curves], RESULTS)
    print(page)


def as_markdown(curves: list[Reliability], decided: dict[str, Any]) -> str:
    """The page: what was decided, how well calibrated, the bins."""
    lines = [
        "# Answering or not, measured",
        "",
        "`python -m bench.reliability` writes this page. The probability that the best hit answers, beside how often",
        "it does. Known questions, those of the FAQ and of content/rehearsal, are judged by models that have seen",
        "nothing of their entry (8 folds); right and wrong weigh the same, as in training. The held-out questions are",
        "those of tests/questions: answerable.yml and unanswerable.yml. "
        f"Answered from {ANSWER_FROM:.2f}, asked back from {ASK_BACK_FROM:.2f}.",
        "",
        "| questions | number | Brier score | calibration error |",
        "| --- | --: | --: | --: |",
        *(f"| {one.name} | {one.questions:,} | {one.brier:.3f} | {one.error:.3f} |" for one in curves),
        "",
        "| held-out questions | answered right | asked back, with the answer | asked back or none, without | wrong |",
        "| --- | --: | --: | --: | --: |",
        _answerable(decided),
        "",
        "| held-out questions | no answer | asked back | answered (wrong) |",
        "| --- | --: | --: | --: |",
        f"| {decided['unanswerable']} unanswerable | {decided['no_answer']} | {decided['asked_back']} | "
        f"{decided['answered']} |",
        "",
        "![reliability](reliability.png)",
        "",
    ]
    return "\n".join(lines)


def _answerable(decided: dict[str, Any]) -> str:
    right, back, wrong = decided["answered_right"], decided["asked_back_with_it"], decided["answered_wrong"]
    rest = decided["answerable"] - right - back - wrong
    return f"| {decided['answerable']} answerable | {right} | {back} | {rest} | {wrong} |"


if __name__ == "__main__":
    sys.exit(main())
