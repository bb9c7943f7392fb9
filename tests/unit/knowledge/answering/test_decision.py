"""A probability to a decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.decision import ANSWER_FROM, ASK_BACK_ACROSS, ASK_BACK_FROM, decide
from knowledge.answering.model import Probabilities
from knowledge.retrieval.ranking import Scores

TELLING = Scores(0.5, 0.5, 0.5, information=8.0)
ORDER = ("no_answer", "uncertain", "answered")
unit = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("answers", "near", "expected"),
    [
        (ANSWER_FROM, 1.0, "answered"),
        (ANSWER_FROM - 0.01, 1.0, "uncertain"),
        (0.0, ASK_BACK_FROM, "uncertain"),
        (0.0, ASK_BACK_FROM - 0.01, "no_answer"),
    ],
)
def test_what_pays_is_done(answers: float, near: float, expected: str) -> None:
    """At each bound."""
    assert expected == decide(Probabilities(answers, near), TELLING, 8, 1.0)


@given(unit, unit, unit)
def test_more_likely_is_never_less_answered(answers: float, more: float, near: float) -> None:
    """A higher probability never turns an answer into a question back."""
    statuses = [decide(Probabilities(p, max(p, near)), TELLING, 8, 1.0) for p in sorted((answers, more))]
    assert ORDER.index(statuses[0]) <= ORDER.index(statuses[1])


def test_a_question_that_says_hardly_anything_is_asked_back() -> None:
    """Six terms that stand in every second passage: the city's name, which fits every entry."""
    assert "uncertain" == decide(Probabilities(0.9, 0.9), Scores(0.6, 0.5, 0.5, information=2.0), 6, 1.0)


def test_an_entrys_own_question_is_answered() -> None:
    """However little it says, and however unsure the model is."""
    assert "answered" == decide(Probabilities(0.1, 0.1), Scores(1.0, 0.5, 0.5, information=1.0), 6, 1.0)


def test_nothing_likely_is_not_asked_back() -> None:
    """A vague question that nothing fits has no answer."""
    assert "no_answer" == decide(Probabilities(0.1, 0.1), Scores(0.1, 0.1, 0.1, information=1.0), 6, 1.0)


def test_a_question_in_another_language_is_sooner_asked_back() -> None:
    """None of its words stands in the index, so that meaning has to speak alone."""
    chances = Probabilities(0.1, ASK_BACK_ACROSS)
    assert ["no_answer", "uncertain"] == [decide(chances, TELLING, 8, known) for known in (0.9, 0.0)]
