"""The model: a logistic regression as plain numbers, kept beside the index that it was trained on."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations_with_replacement
from pathlib import Path

from knowledge.answering.features import NAMES, Features
from knowledge.content.rehearsal import NO_LESSONS, Lessons

FILE = "answering.json"
DEFAULT = Path(__file__).with_name("default.json")
"""Trained on the FAQ that ships with CityDesk; `python -m bench.calibrate` writes it."""
VERSION = 2
"""Changes with the meaning of the features."""


TERMS = (*NAMES, *(f"{one} * {other}" for one, other in combinations_with_replacement(NAMES, 2)))
"""What has a weight: a given nearness counts for something else across languages, or where another document is near."""
_FAR = 2.0
"""Standard deviations: farther out there was little to learn from, and squares would carry the day."""
_STEEP = 500.0
"""Beyond, the exponential would overflow; the probability is 0 or 1 long before."""


@dataclass(frozen=True, slots=True)
class Regression:
    """What each of `TERMS` weighs, and what is there without any."""

    weights: Mapping[str, float]
    intercept: float


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Each from 0 to 1: that the first document answers, and that one of those that would be offered does."""

    answers: float
    near: float


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Two regressions over the same features: whether the first document `answers`, and whether one of the first few
    is `near` enough to be offered. Features count as their distance from `means`, in `scales`.

    `rarity` of concepts as it was in training; `lessons` are questions whose outcome was known then.
    `trained_on` is how many questions it has learned from, 0 for the shipped default.
    """

    answers: Regression
    near: Regression
    means: Mapping[str, float]
    scales: Mapping[str, float]
    rarity: Mapping[str, float] = field(default_factory=dict)
    lessons: Lessons = NO_LESSONS
    trained_on: int = 0
    version: int = VERSION

    def __post_init__(self) -> None:
        numbers = [part[name] for part in (self.means, self.scales) for name in NAMES]
        for regression in (self.answers, self.near):
            numbers += [*(regression.weights[name] for name in TERMS), regression.intercept]
        numbers += self.rarity.values()
        if self.version != VERSION or not all(map(math.isfinite, numbers)):
            raise ValueError(f"not an answer model of version {VERSION} with a finite number for each feature")
        if min(self.scales[name] for name in NAMES) <= 0:
            raise ValueError("the scale of a feature is not above 0")

    def of_features(self, values: Features) -> Probabilities:
        """How likely documents answer, for features as `knowledge.answering.features` makes them."""
        found = dict(zip(NAMES, values.tolist(), strict=True))
        terms = with_products([(found[name] - self.means[name]) / self.scales[name] for name in NAMES])
        answers, near = (_probability(regression, terms) for regression in (self.answers, self.near))
        return Probabilities(answers, max(answers, near))

    def save(self, folder: Path) -> None:
        """Write into `folder`; the same model is the same bytes."""
        self.write(folder / FILE)

    def write(self, path: Path) -> None:
        """As `save`, to a file of any name."""
        record = asdict(self) | {"lessons": self.lessons.record()}
        text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "AnswerModel":
        """What `save` wrote, or the default where there is nothing.

        Raises `OSError`, `ValueError`, `TypeError`, `LookupError` or `AttributeError` when the file is damaged.
        """
        path = folder / FILE
        return cls.read(path) if path.exists() else cls.default()

    @classmethod
    def undecided(cls) -> "AnswerModel":
        """One that has learned nothing: whatever is found answers with a probability of one half."""
        nothing = Regression(dict.fromkeys(TERMS, 0.0), 0.0)
        return cls(nothing, nothing, dict.fromkeys(NAMES, 0.0), dict.fromkeys(NAMES, 1.0))

    @classmethod
    def default(cls) -> "AnswerModel":
        """The model for content with too few questions to learn from."""
        return cls.read(DEFAULT)

    @classmethod
    def read(cls, path: Path) -> "AnswerModel":
        """What `write` wrote; raises as `load` does, and `OSError` where there is no file."""
        record = json.loads(path.read_text(encoding="utf-8"))
        answers, near = (Regression(**record.pop(name)) for name in ("answers", "near"))
        return cls(answers, near, **record | {"lessons": Lessons.of_record(record["lessons"])})


def with_products(steps: Sequence[float]) -> list[float]:
    """Each feature's distance from its mean, cut off far out, and the product of each two, in the order of `TERMS`.

    >>> with_products([1.0, 9.0])
    [1.0, 2.0, 1.0, 2.0, 4.0]
    """
    near = [max(-_FAR, min(_FAR, step)) for step in steps]
    return near + [one * other for one, other in combinations_with_replacement(near, 2)]


def _probability(regression: Regression, terms: Sequence[float]) -> float:
    total = regression.intercept
    for name, value in zip(TERMS, terms, strict=True):
        total += regression.weights[name] * value
    return 1 / (1 + math.exp(-max(-_STEEP, min(_STEEP, total))))
