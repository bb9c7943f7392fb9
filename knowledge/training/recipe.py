"""What a training run is made of, as one value: every trial of `docs/encoder.md` is another `Recipe`."""

from dataclasses import dataclass, field
from typing import Literal

LANGUAGES = ("zh-Hant", "zh-Hans", "ja", "ko", "vi", "id", "th", "fr", "pl", "tr", "el", "ar", "es", "de")
"""The languages whose translations are learned from, beside English."""

SCARCE = ("ar", "el", "ko", "pl", "th", "tr", "vi")
"""Languages with few or short sentences in the data: their text counts twice where pieces are learned."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes, weights of the losses (0 leaves one out), and how the text is cut into pieces."""

    pieces: int = 64_000
    dims: int = 272  # learned columns
    identity: int = 80  # columns of random numbers behind them, see identity.py
    identity_weight: float = 0.06
    unspaced_weight: float = 1.4  # times as much for pieces of Han and kana
    passes: int = 8
    batch: int = 1_024
    learning_rate: float = 5e-3
    scale: float = 20.0
    seed: int = 0

    learner: Literal["sentencepiece", "tokenizers"] = "sentencepiece"
    folded: bool = True  # one spelling for what is written in several ways, see folding.py
    weakened: float = 0.3  # share of longer pieces that half of the batches do without
    repeats: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCARCE, 2))
    caps: dict[str, int] = field(default_factory=lambda: {"tw-moj-law": 12_000, "tanaka-enja": 25_000, "tldr": 4_000})

    left_out: tuple[str, ...] = ("civiform", "open-data-handbook")  # sources whose licence is not verified

    teacher: float = 1.0  # a text follows the teacher's vector of its English side
    english: float = 2.0  # a text finds its English side, both by the student
    others: float = 0.5  # a text finds the same sentence in a third language
    parts: float = 0.1  # a part of a text finds the passage that holds it, in one language
    news: float = 0.6  # a headline finds its article, in Traditional Chinese


SHIPPED = Recipe()
SECOND_TRY = Recipe(
    pieces=48_000,
    dims=384,
    identity=0,
    passes=8,
    batch=512,
    learner="tokenizers",
    folded=False,
    weakened=0.0,
    repeats={},
    caps={},
    english=0.0,
    others=0.0,
    parts=0.0,
    news=0.0,
)
"""The starting point that the shipped encoder is measured against: the teacher's vectors as the only aim."""

RECIPES = {"shipped": SHIPPED, "second-try": SECOND_TRY}
