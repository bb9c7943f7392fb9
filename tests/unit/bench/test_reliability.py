"""Probabilities beside what came of them."""

import numpy as np
import pytest

from bench.reliability import reliability


def test_a_coin_that_keeps_its_word_is_calibrated() -> None:
    """Half of what is held for even comes true."""
    found = reliability("coin", np.full(10, 0.5), np.arange(10) % 2 == 0, np.ones(10))
    assert (0.25, 0.0) == (found.brier, found.error)
    assert [(1.0, 0.5, 0.5)] == [(one.weight, one.expected, one.observed) for one in found.bins]


def test_a_boaster_is_not() -> None:
    """Certain, and wrong every other time; weights count."""
    found = reliability("boaster", np.ones(4), np.array([True, False, True, False]), np.array([1.0, 3.0, 1.0, 3.0]))
    assert 0.75 == pytest.approx(found.error)
    assert 0.75 == pytest.approx(found.brier)
