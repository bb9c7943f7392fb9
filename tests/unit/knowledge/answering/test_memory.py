"""The nearest question of each outcome."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from knowledge.answering.memory import NO_PRECEDENTS, Memory, Precedents, still_elsewhere
from knowledge.content.rehearsal import NO_LESSONS, AnsweredPhrase, Lessons, Phrase
from knowledge.encoder import Role, Vectors


class Angles:
    """Encodes "30" as the direction of 30 degrees."""

    name = checksum = "angles"
    dimension = 2

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        angles = np.deg2rad([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(len(texts), 2)


LESSONS = Lessons(
    (AnsweredPhrase("0", "en", frozenset({"faq:a", "faq:b"})), AnsweredPhrase("60", "en", frozenset({"faq:c"}))),
    (Phrase("90", "en"),),
    (Phrase("180", "en"), Phrase("150", "en")),
)


def cosine(degrees: float) -> Any:
    return pytest.approx(float(np.cos(np.deg2rad(degrees))), abs=1e-6)


def vector(text: str) -> Vectors:
    found: Vectors = Angles().encode([text], "query")[0]
    return found


def test_the_nearest_of_each_outcome_counts() -> None:
    """What the document answers, what another one does, what nothing answers, what leads elsewhere."""
    memory = Memory(LESSONS, Angles())
    assert Precedents(cosine(40), cosine(20), cosine(50), 0.0) == memory.of(vector("40"), "faq:b")
    assert Precedents(cosine(20), cosine(40), cosine(50), 0.0) == memory.of(vector("40"), "faq:c")
    assert Precedents(0.0, cosine(60), cosine(30), cosine(30)) == memory.of(vector("120"), "news:1")


def test_a_lesson_does_not_meet_itself() -> None:
    """Or training would take it for known what is to be learned."""
    memory = Memory(LESSONS, Angles())
    assert 1.0 == pytest.approx(memory.of(vector("150"), "faq:a").elsewhere)
    assert cosine(30) == memory.of(vector("150"), "faq:a", rehearsing=True).elsewhere


def test_without_lessons_there_are_no_precedents() -> None:
    """A city that has none is judged all the same."""
    assert NO_PRECEDENTS == Memory(NO_LESSONS, Angles()).of(vector("40"), "faq:a")


def test_what_is_answered_by_now_leads_elsewhere_no_more() -> None:
    """An editor's new entry is not kept from readers by what was known before it."""
    assert LESSONS == still_elsewhere(LESSONS, [], Angles())
    found = still_elsewhere(LESSONS, ["175", "45"], Angles())
    assert (LESSONS.answered, (), ()) == (found.answered, found.near, found.elsewhere)
    assert (Phrase("180", "en"),) == still_elsewhere(LESSONS, ["110"], Angles()).elsewhere
