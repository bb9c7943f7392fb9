"""Columns that tell a piece from every other one, whatever it means.

What a table learns from translations brings near what means the same, and blurs names and rare words, by which a
passage in one's own language is found. So each row is followed by random numbers of its own: a product of two texts
then also counts the pieces that they share, rare ones more (a sketch of TF-IDF by random projection).
"""

import numpy as np
import torch
from torch import Tensor

from knowledge.training.bags import Bag


def with_identity(table: Tensor, bags: tuple[Bag, ...], columns: int, weight: float, seed: int) -> Tensor:
    """The table (rows, dims) with `columns` more, of length `weight` times a piece's inverse text frequency.

    Frequencies are counted in `bags`, the texts that the table was trained on.
    """
    if not columns:
        return table
    counts = sum(np.bincount(bag.rows, minlength=len(table)) for bag in bags)
    texts = sum(len(bag.lengths) for bag in bags)
    rarity = torch.from_numpy(np.log(texts / (counts + 1.0))).float().clamp(min=0.0)
    random = torch.randn(len(table), columns, generator=torch.Generator().manual_seed(seed))
    random /= random.norm(dim=1, keepdim=True)
    return torch.cat([table, weight * rarity[:, None] * random], dim=1)
