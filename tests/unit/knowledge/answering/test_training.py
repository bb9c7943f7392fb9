"""Samples to a model."""

import numpy as np
import pytest

from knowledge.answering.features import NAMES
from knowledge.answering.samples import Sample
from knowledge.answering.training import cross_validated, fit, weights_of


def sample(scenario: str, group: int, right: bool, near: bool | None = None) -> Sample:
    """Right ones are near, wrong ones are not; all else is noise."""
    noise = np.random.default_rng(group).normal(0.5, 0.1, len(NAMES))
    noise[NAMES.index("nearest")] += 0.4 if right else -0.4
    return Sample(scenario, f"faq:{group}", noise, right, right if near is None else near)  # type: ignore[arg-type]


SAMPLES = [sample("own", at, True) for at in range(40)] + [sample("outside", at + 40, False) for at in range(80)]


def test_right_and_wrong_weigh_the_same() -> None:
    """However many there are of each."""
    right = [one.right for one in SAMPLES]
    weights = weights_of(SAMPLES, right)
    assert len(SAMPLES) == pytest.approx(weights.sum())
    assert weights[right].sum() == pytest.approx(weights[np.logical_not(right)].sum())


def test_kinds_of_wrong_ones_weigh_the_same() -> None:
    """A hundred phrases from outside don't drown ten near misses."""
    samples = [*SAMPLES, *(sample("absent", at, False) for at in range(10))]
    weights = weights_of(samples, [one.right for one in samples])
    assert weights[-10:].sum() == pytest.approx(weights[40:120].sum())


def test_what_tells_them_apart_is_learned() -> None:
    """Questions never seen are judged by it."""
    model = fit(SAMPLES, {})
    found = [model.of_features(sample("own", 500 + right, bool(right)).features) for right in (0, 1)]
    assert found[0].answers < 0.5 < found[1].answers
    assert found[0].near < 0.5 < found[1].near


def test_the_same_samples_give_the_same_model() -> None:
    """Nothing is left to chance."""
    assert fit(SAMPLES, {"taipei": 0.5}) == fit(SAMPLES, {"taipei": 0.5})


def test_cross_validation_never_sees_a_questions_own_entry() -> None:
    """An entry that is right against all signs is not recognised by itself."""
    odd = sample("own", 999, False)
    odd = Sample(odd.scenario, odd.group, odd.features, True, True)
    found = cross_validated([*SAMPLES, *[odd] * 20], {}, folds=4)
    assert len(SAMPLES) + 20 == len(found)
    assert max(one.answers for one in found[-20:]) < 0.5


def test_a_missing_entry_does_not_teach_what_is_near() -> None:
    """Asked back about what lies beside it, a reader is helped: such questions count against nothing."""
    absent = [sample("absent", at, True, near=False) for at in range(200, 300)]
    likely = sample("own", 500, True).features
    assert fit([*SAMPLES, *absent], {}).of_features(likely).near > 0.5
