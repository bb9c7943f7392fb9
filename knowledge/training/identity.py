"""Columns that tell a piece from every other one, whatever it means.

What a table learns from translations brings near what means the same, and blurs names and rare words, by which a
passage in one's own language is found. So each row is followed by random numbers of its own: a product of two texts
then also counts the pieces that they share, rare ones more (a sketch of TF-IDF by random projection).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor

from knowledge.training.bags import Bag
from knowledge.training.recipe import Recipe


def with_identity(table: Tensor, bags: Iterable[Bag], recipe: Recipe, unspaced: Sequence[int] = ()) -> Tensor:
    """The table (rows, dims) with `recipe.identity` columns more.

    A row of them is as long as `recipe.identity_weight` times the inverse text frequency of its piece, counted in
    `bags`, the texts that the table was trained on; `recipe.unspaced_weight` times that for the tokens `unspaced`:
    pieces of Chinese and Japanese are short, and which ones a text holds says more than in other languages.
    """
    if not recipe.identity:
        return table
    bags = list(bags)
    counts = sum(np.bincount(bag.rows, minlength=len(table)) for bag in bags)
    texts = sum(len(bag.lengths) for bag in bags)
    rarity = torch.from_numpy(np.log(texts / (counts + 1.0))).float().clamp(min=0.0)
    random = torch.randn(len(table), recipe.identity, generator=torch.Generator().manual_seed(recipe.seed))
    random /= random.norm(dim=1, keepdim=True)
    lengths = recipe.identity_weight * rarity
    lengths[list(unspaced)] *= recipe.unspaced_weight
    return torch.cat([table, lengths[:, None] * random], dim=1)
