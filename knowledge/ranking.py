"""Scores to an order and to a decision: pure arithmetic, no index."""

import math
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Kind

Status = Literal["answered", "uncertain", "no_answer"]

FAQ_BEFORE_NEWS = 0.04
"""What an FAQ entry is ahead of a news item that fits as well: an editor wrote it to answer just this."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a hit ranks where it does.

    `dense` is the cosine of the question and the nearest passage, `lexical` the share of the question's terms
    (weighted by rarity) that the document holds. Both lie between 0 and 1. `information` is how much the question
    says at all: the rarity of its terms together, 1 being that of a single word that no passage holds.
    """

    dense: float
    lexical: float
    information: float = 1.0

    @property
    def fused(self) -> float:
        """Both in one number between 0 and 1. They fail differently: a passage that merely sounds alike lacks the
        question's rare words, a document that merely shares a word is far from its meaning."""
        return DENSE_WEIGHT * self.dense + (1 - DENSE_WEIGHT) * self.lexical

    @property
    def probability(self) -> float:
        """How likely the hit answers the question: a logistic curve over `fused`."""
        return 1.0 / (1.0 + math.exp(-(self.fused - MIDPOINT) * STEEPNESS))


# Fitted with scikit-learn's logistic regression on 450 of the FAQ's own questions, each held out of the index in turn,
# against 261 out-of-scope phrases of nlu/data (docs/decisions.md). `python -m bench.calibrate` fits them again.
DENSE_WEIGHT = 0.75
MIDPOINT = 0.53
STEEPNESS = 12.0
ANSWER_FROM = 0.6
ASK_BACK_FROM = 0.51
VAGUE = 0.38
"""A question that says less than this, such as the city's name alone, fits many entries: ask back."""
VERBATIM = 0.95
"""Unless it is, but for spelling, one of an entry's own questions."""


def rank_key(kind: Kind, scores: Scores, document_id: str) -> tuple[float, str]:
    """Sort key, best first; equal scores are ordered by id so that results never flicker."""
    return (-(scores.fused + (FAQ_BEFORE_NEWS if kind == "faq" else 0.0)), document_id)


def decide(scores: list[Scores]) -> Status:
    """Whether the best of `scores` (in rank order) may be given as the answer."""
    probability = scores[0].probability if scores else 0.0
    if probability >= ANSWER_FROM and scores[0].information < VAGUE and scores[0].dense < VERBATIM:
        return "uncertain"
    if probability >= ANSWER_FROM:
        return "answered"
    return "uncertain" if probability >= ASK_BACK_FROM else "no_answer"
