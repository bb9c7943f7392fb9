"""Texts as bags of table rows, many in one array, from which batches are cut without Python loops."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bag:
    """The rows of n texts one after the other, and how many each has: shapes (tokens,) and (n,)."""

    rows: Rows
    lengths: Rows

    @property
    def starts(self) -> Rows:
        """Where each text begins in `rows`, shape (n,)."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)

    @property
    def owners(self) -> Rows:
        """Which text each row belongs to, shape (tokens,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def take(self, index: Rows) -> "Bag":
        """The texts `index`, in that order."""
        lengths = self.lengths[index]
        offsets = np.cumsum(lengths) - lengths
        position = np.repeat(self.starts[index] - offsets, lengths) + np.arange(lengths.sum())
        return Bag(self.rows[position], lengths)

    def part(self, share: tuple[float, float], chance: np.random.Generator) -> "Bag":
        """Each text with a random part of its rows; how large a part is drawn per text from `share`."""
        wanted = chance.uniform(*share, size=len(self.lengths))
        kept = chance.random(len(self.rows)) < np.repeat(wanted, self.lengths)
        return Bag(self.rows[kept], np.bincount(self.owners[kept], minlength=len(self.lengths)))

    def joined(self, other: "Bag") -> "Bag":
        """Each text followed by the text of `other` at the same place."""
        owners = np.concatenate([self.owners, other.owners])
        order = np.argsort(owners, kind="stable")
        return Bag(np.concatenate([self.rows, other.rows])[order], self.lengths + other.lengths)


def bag_of(tokenizer: Tokenizer, texts: Sequence[str], ignored: frozenset[int]) -> Bag:
    """The rows of `texts`; tokens `ignored` carry no meaning and are left out."""
    kept = [
        [token for token in encoding.ids if token not in ignored]
        for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    ]
    lengths = np.array([len(ids) for ids in kept], dtype=np.int64)
    return Bag(np.fromiter((token for ids in kept for token in ids), np.int64, lengths.sum()), lengths)
