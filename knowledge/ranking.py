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

    `dense` is the cosine of the question and the nearest passage; `lexical` the share of the question's terms
    (weighted by rarity) that the document holds; `terms` how many the question has; `specific` the rarity
    (idf) of the rarest shared one.
    """

    dense: float
    lexical: float
    terms: int = 1
    specific: float = 0.0

    @property
    def fused(self) -> float:
        """Both halves in one number between 0 and 1. They fail differently: words that merely look alike have
        no coverage, a shared rare word alone has no cosine."""
        return 0.6 * self.dense + 0.4 * self.lexical

    @property
    def probability(self) -> float:
        """How likely the hit answers the question, by a logistic curve over `fused`; see docs/decisions.md."""
        return 1.0 / (1.0 + math.exp(-(self.fused - MIDPOINT) * STEEPNESS))


MIDPOINT = 0.60
STEEPNESS = 14.0
ANSWER_FROM = 0.5
ASK_BACK_FROM = 0.3


def rank_key(kind: Kind, scores: Scores, document_id: str) -> tuple[float, str]:
    """Sort key, best first; equal scores are ordered by id so that results never flicker."""
    return (-(scores.fused + (FAQ_BEFORE_NEWS if kind == "faq" else 0.0)), document_id)


def decide(scores: list[Scores]) -> Status:
    """Whether the best of `scores` (in rank order) may be given as the answer."""
    probability = scores[0].probability if scores else 0.0
    if probability >= ANSWER_FROM:
        return "answered"
    return "uncertain" if probability >= ASK_BACK_FROM else "no_answer"
