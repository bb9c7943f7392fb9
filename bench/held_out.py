"""The held-out questions of tests/questions, asked of an index: what was decided, and whether that is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citydesk.settings import PROJECT_ROOT
from knowledge.answering.decision import CLOSEST, Status
from knowledge.answering.judge import Judge
from knowledge.content.yaml_files import load_yaml
from knowledge.retrieval.search import SearchIndex

QUESTIONS = PROJECT_ROOT / "tests" / "questions"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A question, and the ids of the documents that answer it: none where nothing does."""

    question: str
    language: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question. `first_is_right`: the best document is accepted; `offered`: one to choose from is."""

    language: str
    accepted: frozenset[str]
    status: Status
    probability: float
    first_is_right: bool
    offered: bool


def read_held_out(folder: Path = QUESTIONS) -> list[HeldOut]:
    """The answerable ones, then those that nothing answers; raises `ContentError`."""
    answerable, unanswerable = (load_yaml(folder / f"{name}.yml") for name in ("answerable", "unanswerable"))
    found = [
        HeldOut(item["q"], language, frozenset(f"faq:{entry}" for entry in _listed(item["entry"])))
        for language, items in answerable.items()
        for item in items
    ]
    return found + [HeldOut(text, language, frozenset()) for language, texts in unanswerable.items() for text in texts]


def ask_all(index: SearchIndex, judge: Judge, questions: Iterable[HeldOut]) -> list[Asked]:
    """Ask each question as a reader of its language would."""
    return [_ask(index, judge, one) for one in questions]


def _ask(index: SearchIndex, judge: Judge, one: HeldOut) -> Asked:
    hits = index.search(one.question, 10, one.language)
    judgement = judge.judge(one.question, hits, one.language)
    choices = [hit.id for hit in hits if hit.kind == "faq"][:CLOSEST]
    return Asked(
        one.language,
        one.accepted,
        judgement.status,
        judgement.probability,
        bool(hits) and hits[0].id in one.accepted,
        not one.accepted.isdisjoint(choices),
    )


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
