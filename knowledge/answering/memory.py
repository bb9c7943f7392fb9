"""What was asked before, and what came of it: the nearest question of each outcome, by meaning.

An entry's own few questions lie far apart, so that a question about passports may be as near to one of them as a real
one is. Beside the questions that were seen to lead elsewhere it is nearer to those. As all languages share one space,
a question of one language tells of those of the others.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.content.rehearsal import Lessons, Phrase
from knowledge.encoder import Encoder, Vectors

ANSWERED_NOW = 0.7
"""Cosine of two questions from which one stands for the other: an editor has answered since what led elsewhere."""
_ITSELF = 0.95


@dataclass(frozen=True, slots=True)
class Precedents:
    """Cosines, from 0 to 1, of the nearest question that the document answers (`here`), that another one answers
    (`there`), that nothing answers though it is near to something (`beside`), and that leads `elsewhere`."""

    here: float = 0.0
    there: float = 0.0
    beside: float = 0.0
    elsewhere: float = 0.0


NO_PRECEDENTS = Precedents()


class Memory:
    """Lessons by their vectors. Safe to use from several threads."""

    def __init__(self, lessons: Lessons, encoder: Encoder) -> None:
        self._accepted = [phrase.accepted for phrase in lessons.answered]
        self._answered, self._beside, self._elsewhere = (
            encoder.encode([phrase.text for phrase in phrases], "query")
            for phrases in (lessons.answered, lessons.near, lessons.elsewhere)
        )
        self._answers = lru_cache(maxsize=4_096)(self._answers_of)

    def of(self, vector: Vectors, document_id: str, rehearsing: bool = False) -> Precedents:
        """What there is to a question, given as its vector (dimension,), and a document.

        `rehearsing`: the question is one of the lessons, and must not meet itself.
        """
        answered, beside, elsewhere = (known @ vector for known in (self._answered, self._beside, self._elsewhere))
        if rehearsing:
            answered, beside, elsewhere = (
                np.where(near < _ITSELF, near, 0.0) for near in (answered, beside, elsewhere)
            )
        here = self._answers(document_id)
        return Precedents(_nearest(answered[here]), _nearest(answered[~here]), _nearest(beside), _nearest(elsewhere))

    def _answers_of(self, document_id: str) -> np.ndarray:
        return np.array([document_id in accepted for accepted in self._accepted], dtype=bool)


def _nearest(cosines: Vectors) -> float:
    return float(cosines.max(initial=0.0))


def still_elsewhere(lessons: Lessons, answered: list[str], encoder: Encoder) -> Lessons:
    """The lessons without those that nothing answered then, and that are nearly one of the questions `answered` now."""
    if not answered:
        return lessons
    now = encoder.encode(answered, "query")

    def kept(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        if not phrases:
            return phrases
        nearest = (encoder.encode([phrase.text for phrase in phrases], "query") @ now.T).max(axis=1)
        return tuple(phrase for phrase, near in zip(phrases, nearest.tolist(), strict=True) if near < ANSWERED_NOW)

    return Lessons(lessons.answered, kept(lessons.near), kept(lessons.elsewhere))
