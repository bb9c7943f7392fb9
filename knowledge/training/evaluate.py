"""A first look at a trained encoder; `make eval-encoder` is the whole measurement, beside others."""

from collections.abc import Sequence

import numpy as np

from knowledge.static import StaticEncoder
from knowledge.training.data import NTREX_TRAINED, Corpus, Pair


def translation_accuracy(encoder: StaticEncoder, pairs: Sequence[Pair], asked: slice) -> float:
    """Share of the targets `asked` whose nearest English sentence, of all in `pairs`, is their own."""
    english = encoder.encode([pair.english for pair in pairs])
    targets = encoder.encode([pair.target for pair in pairs])[asked]
    own = np.arange(len(pairs))[asked]
    return float(((targets @ english.T).argmax(axis=1) == own).mean())


def held_back_accuracy(encoder: StaticEncoder, corpus: Corpus) -> dict[str, float]:
    """Per language, the accuracy for the NTREX sentences that were not trained on, among all of them."""
    asked = slice(NTREX_TRAINED, None)
    return {
        language: round(translation_accuracy(encoder, pairs, asked), 4)
        for language, pairs in corpus.ntrex.items()
        if len(pairs) > NTREX_TRAINED
    }
