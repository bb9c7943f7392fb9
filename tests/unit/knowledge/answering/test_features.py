"""What tells whether the first hit answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.features import NAMES, Concepts, Evidence, Question, features
from knowledge.answering.memory import Precedents
from knowledge.retrieval.ranking import Scores

unit = st.floats(min_value=0, max_value=1)
scores = st.builds(Scores, unit, unit, unit, st.floats(min_value=0, max_value=500))
evidence = st.builds(Evidence, unit, unit, unit, unit)

NEAR, FAR = Evidence(0.875, 0.75, 0.5, 1.0), Evidence(0.625, 0.5, 0.25, 0.5)


ASKED = Question(1.0, True)


def named(*arguments: object) -> dict[str, float]:
    return dict(zip(NAMES, features(*arguments).tolist(), strict=True))  # type: ignore[arg-type]


@given(st.lists(st.tuples(scores, evidence), min_size=1, max_size=4), unit, st.booleans())
def test_every_feature_is_a_number(hits: list[tuple[Scores, Evidence]], known: float, same: bool) -> None:
    """Whatever was found: one finite number for each name."""
    found = features([one for one, _ in hits], [one for _, one in hits], Question(known, same))
    assert (len(NAMES),) == found.shape
    assert np.isfinite(found).all()


def test_margins_are_what_the_first_is_ahead_of_the_best_other() -> None:
    """The third may hold more than the second."""
    ranked = [Scores(1, 1, 1), Scores(0, 0.5, 0), Scores(0, 0.25, 0)]
    found = named(ranked, [NEAR, Evidence(0.25, 0.125, 0, 0), FAR], ASKED)
    assert pytest.approx((0.75, 0.25)) == (found["margin"], found["agreement_margin"])


def test_a_lone_document_is_ahead_of_nothing() -> None:
    """With one document, the margin is its whole score."""
    assert 0.75 == named([Scores(1, 1, 1)], [NEAR], ASKED)["agreement_margin"]


def test_a_rare_concept_says_more() -> None:
    """Of several concepts in common the rarest counts, and so it does of those that are missed; unheard-of ones say
    most."""
    concepts = Concepts(("taipei", "kuwait", "feitsui", "mars"), ("kuwait", "taipei"), {"taipei": 0.1, "kuwait": 0.8})
    found = named([Scores(1, 1, 1)], [NEAR], Question(1.0, True, concepts))
    assert (0.8, 1.0) == (found["shared_concept"], found["missing_concept"])


def test_the_language_is_told() -> None:
    """A document in another language is known as such."""
    assert [0.0, 1.0] == [
        named([Scores(1, 1, 1)], [NEAR], Question(1.0, same))["other_language"] for same in (True, False)
    ]


def test_what_was_asked_before_is_told() -> None:
    """By outcome."""
    precedents = Precedents(0.5, 0.25, 0.125, 0.75)
    found = named([Scores(1, 1, 1)], [NEAR], Question(1.0, True, precedents=precedents))
    assert [0.5, 0.25, 0.125, 0.75] == [found[f"asked_{of}"] for of in ("here", "there", "beside", "elsewhere")]


def test_what_is_asked_for_in_vain_is_told() -> None:
    """What holds now apart from all else, as many a question says now and means nothing by it."""
    found = [
        named([Scores(1, 1, 1)], [NEAR], Question(1.0, True, unmet=frozenset(unmet)))
        for unmet in ((), ("now",), ("money",), ("year", "now"))
    ]
    assert [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] == [(one["unmet"], one["passed"]) for one in found]
