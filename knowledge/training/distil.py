"""Training of the student: one table of rows, whose means per text are the text's vectors."""

import logging
import time

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from knowledge.training.bags import Bag
from knowledge.training.batches import Match, Material, Step
from knowledge.training.recipe import Recipe

log = logging.getLogger(__name__)

LAST_RATE = 0.02  # of the learning rate, which falls in a line
NEVER = -1e4
CHUNK = 1_000_000


def train_table(material: Material, rows: int, recipe: Recipe) -> Tensor:
    """The trained table, shape (rows, dims), float32. The same recipe and material give the same table."""
    torch.manual_seed(recipe.seed)
    chance = np.random.default_rng(recipe.seed)
    table = _first_table(material, rows)
    optimiser = RowAdam(table, recipe.learning_rate)
    vectors = torch.from_numpy(material.vectors)
    total = recipe.passes * (len(material.usable) // recipe.batch)
    done, began = 0, time.monotonic()
    for number in range(recipe.passes):
        losses = []
        for step in material.steps(recipe, chance, last=number == recipe.passes - 1):
            losses.append(_learn(table, optimiser, step, vectors, recipe.scale, max(1.0 - done / total, LAST_RATE)))
            done += 1
        mean = float(np.mean(losses))
        log.info("pass %d of %d: mean loss %.3f, %.0f s", number + 1, recipe.passes, mean, time.monotonic() - began)
    return table


class RowAdam:
    """Adam that touches only the rows of a batch: a dense step over 20 million numbers costs ten times as much."""

    def __init__(self, table: Tensor, rate: float, first: float = 0.9, second: float = 0.999) -> None:
        self._table, self._rate, self._first, self._second = table, rate, first, second
        self._mean, self._square = torch.zeros_like(table), torch.zeros_like(table)
        self._steps = torch.zeros(len(table), 1)

    def step(self, rows: Tensor, gradient: Tensor, share: float) -> None:
        """Move `rows` (r,) against `gradient` (r, dims), at `share` of the learning rate."""
        self._steps[rows] += 1
        steps = self._steps[rows]
        mean = self._mean[rows] * self._first + gradient * (1 - self._first)
        square = self._square[rows] * self._second + gradient.square() * (1 - self._second)
        self._mean[rows], self._square[rows] = mean, square
        unbiased = (square / (1 - self._second**steps)).sqrt() + 1e-8
        self._table[rows] -= self._rate * share * (mean / (1 - self._first**steps)) / unbiased


def _learn(table: Tensor, optimiser: RowAdam, step: Step, vectors: Tensor, scale: float, share: float) -> float:
    """One step; returns its loss."""
    distinct, inverse = np.unique(np.concatenate([bag.rows for bag in step.bags.values()]), return_inverse=True)
    rows = torch.from_numpy(distinct)
    values = table[rows].requires_grad_()
    parts = torch.split(torch.from_numpy(inverse), [len(bag.rows) for bag in step.bags.values()])
    texts = {name: _means(values, part, bag) for (name, bag), part in zip(step.bags.items(), parts, strict=True)}
    texts["teacher"] = vectors[torch.from_numpy(step.english)]
    same = torch.from_numpy(step.english[:, None] == step.english[None, :])
    same &= ~torch.eye(len(same), dtype=torch.bool)
    loss = torch.stack([match.weight * _loss(texts, match, same, scale) for match in step.matches]).sum()
    (gradient,) = torch.autograd.grad(loss, values)
    optimiser.step(rows, gradient, share)
    return float(loss.detach())


def _means(values: Tensor, rows: Tensor, bag: Bag) -> Tensor:
    means = functional.embedding_bag(rows, values, torch.from_numpy(bag.starts), mode="mean")
    return functional.normalize(means, eps=1e-6)


def _loss(texts: dict[str, Tensor], match: Match, same: Tensor, scale: float) -> Tensor:
    """Cross entropy both ways; towards the teacher, the distance itself counts too."""
    left, right = texts[match.left], texts[match.right]
    scores = scale * left @ right.T
    if match.paired:
        scores = scores.masked_fill(same, NEVER)
    labels = torch.arange(len(left))
    contrast = (functional.cross_entropy(scores, labels) + functional.cross_entropy(scores.T, labels)) / 2
    return contrast + (1.0 - (left * right).sum(dim=1).mean()) if match.right == "teacher" else contrast


def _first_table(material: Material, rows: int) -> Tensor:
    """Each row starts as the mean teacher vector of the sentences that have it, so rare rows start well."""
    table = torch.zeros(rows, material.vectors.shape[1])
    counts = torch.zeros(rows)
    for bag, sentence_of in (
        (material.targets, material.english_of),
        (material.english, np.arange(len(material.vectors))),
    ):
        sentences = sentence_of[bag.owners]
        for start in range(0, len(sentences), CHUNK):
            part = torch.from_numpy(bag.rows[start : start + CHUNK])
            table.index_add_(0, part, torch.from_numpy(material.vectors[sentences[start : start + CHUNK]]))
            counts.index_add_(0, part, torch.ones(len(part)))
    return table / counts.clamp(min=1.0)[:, None]
