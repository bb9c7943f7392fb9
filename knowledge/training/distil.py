"""Training of the student: one table whose mean rows follow the teacher's vectors of the English side."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from knowledge.training.teacher import Vectors
from knowledge.training.tokenizer import Pieces

log = logging.getLogger(__name__)

SCALE = 20.0
LEARNING_RATE = 5e-3
BATCH = 512


class Ragged:
    """Token rows of many sentences in one array, from which batches are cut without Python loops."""

    def __init__(self, pieces: Pieces, texts: Sequence[str]) -> None:
        encodings = pieces.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        lengths = np.array([len(encoding.ids) for encoding in encodings], dtype=np.int64)
        tokens = np.fromiter((i for encoding in encodings for i in encoding.ids), np.int64, lengths.sum())
        self.rows = np.asarray(pieces.mapping, dtype=np.int64)[tokens]
        self.lengths = lengths
        self.starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])

    def batch(self, index: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Rows of the sentences `index`, one after the other, and where each sentence starts."""
        lengths = self.lengths[index]
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        positions = np.arange(lengths.sum()) + np.repeat(self.starts[index] - offsets, lengths)
        return torch.from_numpy(self.rows[positions]), torch.from_numpy(offsets)


@dataclass(frozen=True, slots=True)
class Material:
    """What the student learns from: pair i is target i beside English sentence and vector `english_of[i]`."""

    targets: Ragged
    english: Ragged
    english_of: NDArray[np.int64]
    vectors: Vectors

    def row_counts(self, rows: int) -> NDArray[np.float64]:
        """How often each row of the table occurs in the material, shape (rows,)."""
        seen = np.concatenate([self.targets.rows, self.english.rows])
        return np.bincount(seen, minlength=rows).astype(np.float64)


def train_table(material: Material, rows: int, passes: int, seed: int = 0) -> Tensor:
    """Train the table, shape (rows, dims), float32; row 0 (unknown) stays zero."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    vectors = torch.from_numpy(material.vectors)
    table = torch.nn.EmbeddingBag.from_pretrained(
        _first_table(material, rows), freeze=False, mode="mean", padding_idx=0
    )
    optimiser = torch.optim.Adam(table.parameters(), lr=LEARNING_RATE)
    count = len(material.english_of)
    steps = passes * (count // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(1.0 - step / steps, 0.02))
    for number in range(passes):
        order = chance.permutation(count)
        total = 0.0
        for start in range(0, count - BATCH + 1, BATCH):
            pairs = order[start : start + BATCH]
            english = material.english_of[pairs]
            teacher = vectors[torch.from_numpy(english)]
            same = torch.from_numpy(english[:, None] == english[None, :])
            loss = _loss(table(*material.targets.batch(pairs)), teacher, same)
            loss = loss + _loss(table(*material.english.batch(english)), teacher, same)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += loss.item()
        log.info("pass %d of %d: mean loss %.3f", number + 1, passes, total / (count // BATCH))
    return table.weight.detach()


def _loss(student: Tensor, teacher: Tensor, same: Tensor) -> Tensor:
    """Contrastive loss both ways (pairs of one English sentence are no negatives) plus cosine loss."""
    student = functional.normalize(student)
    scores = SCALE * student @ teacher.T
    others = same & ~torch.eye(len(same), dtype=torch.bool)
    scores = scores.masked_fill(others, -torch.inf)
    labels = torch.arange(len(same))
    contrast = functional.cross_entropy(scores, labels) + functional.cross_entropy(scores.T, labels)
    return contrast / 2 + 1.0 - (student * teacher).sum(dim=1).mean()


def _first_table(material: Material, rows: int) -> Tensor:
    """Each row starts as the mean teacher vector of the sentences that have it, so rare rows start well."""
    table = torch.zeros(rows, material.vectors.shape[1])
    for ragged, owners in (
        (material.targets, material.english_of),
        (material.english, np.arange(len(material.vectors))),
    ):
        sentence = np.repeat(owners, ragged.lengths)
        table.index_add_(0, torch.from_numpy(ragged.rows), torch.from_numpy(material.vectors[sentence]))
    counts = torch.from_numpy(material.row_counts(rows)).float().clamp(min=1.0)
    table /= counts[:, None]
    table[0] = 0.0
    return table
