"""A probability to a decision: pure arithmetic."""

from typing import Literal

from knowledge.answering.model import Probabilities
from knowledge.retrieval.ranking import Scores

Status = Literal["answered", "uncertain", "no_answer"]

ANSWER_FROM = 0.64
"""A wrong answer costs a reader more than a right one spares him, who would else tap on it among the choices: he has to
see from its source that it is about something else, and to ask again. So answering pays where (1 - p) * 1.8 < p."""
ASK_BACK_FROM = 0.46
"""Three entries offered in vain cost a reader as much as he gains where one of them is what he looked for."""
ASK_BACK_ACROSS = 0.34
"""The same for a question hardly any word of which stands in the index: it is in a language that the FAQ is not in, and
its reader can't look the topics up by himself."""
KNOWN_BELOW = 0.3
"""The share of a question's words, by rarity, below which it counts as such."""
CLOSEST = 3
"""How many entries are offered when no answer is sure."""
VERBATIM = 0.95
"""Cosine from which a question is, but for spelling, one of an entry's own."""
VAGUE = 0.35
"""A question whose terms are, on average, less rare than this (1: stands in no passage) says hardly more than the
city's name, which fits every entry: ask back."""


def is_verbatim(best: Scores) -> bool:
    """Whether the question is one that an editor wrote down for this very entry."""
    return best.dense >= VERBATIM


def decide(chances: Probabilities, best: Scores, terms: float, known: float) -> Status:
    """Whether a hit with these scores may be given as the answer, or the first few offered.

    `terms` is the number of distinct terms of the question, `known` the share of them that stands in the index.
    """
    if is_verbatim(best):
        return "answered"
    vague = best.information < VAGUE * terms
    if chances.answers >= ANSWER_FROM and not vague:
        return "answered"
    return "uncertain" if chances.near >= (ASK_BACK_ACROSS if known < KNOWN_BELOW else ASK_BACK_FROM) else "no_answer"
