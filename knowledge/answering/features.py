"""Ranked hits to numbers that tell whether the best of them answers: pure arithmetic."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.expected import Kind
from knowledge.answering.memory import NO_PRECEDENTS, Precedents
from knowledge.retrieval.ranking import Scores

Features = NDArray[np.float64]

NAMES = (
    "nearest",
    "strongest",
    "agreement",
    "weakest_agreement",
    "held",
    "known",
    "margin",
    "agreement_margin",
    "information",
    "shared_concept",
    "missing_concept",
    "other_language",
    "asked_here",
    "asked_there",
    "asked_beside",
    "asked_elsewhere",
    "unmet",
    "passed",
)
"""In the order in which `features` gives them. Tried beside these and left out, as cross-validation did not gain by
them: BM25, the coverage of single sentences, bodies apart from questions, the margin to the next topic."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document holds for a question, in all the languages that it is in; each from 0 to 1.

    `strongest`: how near in meaning (as `Scores.dense`) its best passage is. `agreement`: the mean over languages of
    the best in each; one language's chance likeness weighs less so. `weakest`: the least of them. `held`: the share of
    the question's words, weighted by rarity, that stand anywhere in it.
    """

    strongest: float
    agreement: float
    weakest: float
    held: float


@dataclass(frozen=True, slots=True)
class Concepts:
    """Ids of the glossary's concepts: those that the question names, and those that the best document names.

    `rarity` weighs a concept from 0 to 1: the fewer documents name it, the more a common one says. The city's own
    name stands nearly everywhere and says nothing.
    """

    asked: Collection[str] = ()
    found: Collection[str] = ()
    rarity: Mapping[str, float] | None = None


NO_CONCEPTS = Concepts()


@dataclass(frozen=True, slots=True)
class Question:
    """What there is to say of a question and the first of its documents, beside the scores.

    `known`: the share of the question's terms, weighted by rarity, that stand anywhere in the index. `same_language`:
    whether the document is in the question's language. `precedents`: what came of questions like it. `unmet`: what it
    asks for, and the document does not tell.
    """

    known: float
    same_language: bool
    concepts: Concepts = NO_CONCEPTS
    precedents: Precedents = NO_PRECEDENTS
    unmet: frozenset[Kind] = frozenset()


def features(ranked: Sequence[Scores], evidence: Sequence[Evidence], question: Question) -> Features:
    """What tells whether the first of `ranked` answers, shape `(len(NAMES),)`.

    `ranked` are the scores of the best documents in order, at least the first, and `evidence` goes with them; the
    others only say how far behind they are. Raises `IndexError` when `ranked` is empty.
    """
    best, first = ranked[0], evidence[0]
    return np.array(
        [
            max(first.strongest, question.precedents.here),
            first.strongest,
            first.agreement,
            first.weakest,
            first.held,
            question.known,
            best.fused - max((scores.fused for scores in ranked[1:]), default=0.0),
            first.agreement - max((other.agreement for other in evidence[1:]), default=0.0),
            math.log1p(best.information),
            *_of_concepts(question.concepts),
            0.0 if question.same_language else 1.0,
            *astuple(question.precedents),
            1.0 if question.unmet - {"now"} else 0.0,
            1.0 if "now" in question.unmet else 0.0,
        ]
    )


def _of_concepts(concepts: Concepts) -> tuple[float, float]:
    """How much the most telling of the concepts says that both name, and of those that only the question names."""
    asked, found = set(concepts.asked), set(concepts.found)
    rarity = concepts.rarity or {}
    shared, missing = (
        max((rarity.get(concept, 1.0) for concept in some), default=0.0) for some in (asked & found, asked - found)
    )
    return shared, missing
