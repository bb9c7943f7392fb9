"""BM25 over bigrams of characters: what words alone find, in any script, without a list of words."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from bench.encoder.retrieval import Scores

K1 = 1.2
B = 0.75


class _RunsOnly(dict[int, str]):
    """For `str.translate`: letters, digits and the marks that belong to them stay, anything else is a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        stays = unicodedata.category(character)[0] in "LNM"
        return self.setdefault(code, character if stays else " ")


_RUNS_ONLY = _RunsOnly()


def bigrams(text: str) -> list[str]:
    """Neighbouring characters within each run of letters and digits, folded; a run of one stands for itself."""
    found: list[str] = []
    for run in unicodedata.normalize("NFKC", text).casefold().translate(_RUNS_ONLY).split():
        found += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    return found


def bm25_scores(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """Okapi BM25 with k1 = 1.2 and b = 0.75, shape (queries, documents); zero where nothing is shared.

    A term's weight is ln(1 + (N - n + 0.5) / (n + 0.5)), with n of N documents having it.
    """
    counter = CountVectorizer(analyzer=bigrams)
    counts = counter.fit_transform(documents).tocoo()
    lengths = np.bincount(counts.row, weights=counts.data, minlength=len(documents))
    having = np.bincount(counts.col, minlength=counts.shape[1])
    rarity = np.log1p((len(documents) - having + 0.5) / (having + 0.5))
    damping = K1 * (1 - B + B * lengths / lengths.mean())
    often = counts.data * (K1 + 1) / (counts.data + damping[counts.row])
    counts.data = often * rarity[counts.col]
    scores: Scores = (counter.transform(queries) @ counts.tocsr().T).toarray()
    return scores
