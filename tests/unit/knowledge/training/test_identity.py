"""Random columns let texts meet by their very words, and rare words more than frequent ones."""

import numpy as np
import torch

from knowledge.training.bags import Bag
from knowledge.training.identity import with_identity
from knowledge.training.recipe import Recipe

RECIPE = Recipe(identity=3, identity_weight=0.1, unspaced_weight=1.5)
TEXTS = Bag(np.array([0, 1] * 50 + [2]), np.array([2] * 50 + [1]))
"""Rows 0 and 1 are in every text but one, row 2 in one, row 3 in none."""


def test_learned_columns_stay_as_they_are() -> None:
    """What comes is behind them."""
    table = torch.randn(4, 6, generator=torch.Generator().manual_seed(0))
    wider = with_identity(table, [TEXTS], RECIPE)
    assert (4, 9) == tuple(wider.shape)
    torch.testing.assert_close(table, wider[:, :6])


def test_rare_pieces_have_longer_columns() -> None:
    """By the logarithm of how rare they are; a piece of nearly every text tells next to nothing."""
    lengths = with_identity(torch.zeros(4, 1), [TEXTS], RECIPE)[:, 1:].norm(dim=1)
    expected = 0.1 * np.log([1.0, 1.0, 51 / 2, 51 / 1])
    np.testing.assert_allclose(expected, lengths.numpy(), atol=1e-6)


def test_no_columns_change_nothing() -> None:
    """A recipe may go without."""
    table = torch.ones(4, 2)
    assert table is with_identity(table, [TEXTS], Recipe(identity=0))


def test_pieces_of_scripts_without_spaces_have_longer_columns_still() -> None:
    """What a Chinese or Japanese text shares with a question counts for more."""
    plain = with_identity(torch.zeros(4, 1), [TEXTS], RECIPE)[:, 1:].norm(dim=1)
    longer = with_identity(torch.zeros(4, 1), [TEXTS], RECIPE, unspaced=[2])[:, 1:].norm(dim=1)
    torch.testing.assert_close(plain * torch.tensor([1.0, 1.0, 1.5, 1.0]), longer)
