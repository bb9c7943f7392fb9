"""Samples to a model: a logistic regression, with what is wrong and what is right weighing the same."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.corpus import Corpus
from knowledge.answering.features import NAMES
from knowledge.answering.memory import Memory, still_elsewhere
from knowledge.answering.model import TERMS, AnswerModel, Probabilities, Regression, with_products
from knowledge.answering.samples import Rehearsal, Sample
from knowledge.content.glossary import Glossary
from knowledge.content.rehearsal import NO_LESSONS, Lessons
from knowledge.encoder import Encoder
from knowledge.index.opening import Generation

MOST_QUESTIONS = 800
"""FAQ questions that are rehearsed: more take longer and teach so few weights no more."""
FEWEST_QUESTIONS = 20
"""With fewer there is nothing to learn from; the shipped model is used."""
FOLDS = 8
STRENGTH = 0.1
"""How freely weights grow (scikit-learn's C)."""
STRENGTH_OF_PRODUCTS = 0.02
"""The same where all products of two take part: there are many, and few entries to learn them from."""
ANSWER_SIGNS = (
    "nearest",
    "shared_concept",
    "missing_concept",
    "unmet",
    "passed",
    "asked_beside",
    "asked_elsewhere",
)
_CONSTANT = 1e-4

# Half of the weight lies on right ones: how many of a city's readers will ask what it has told can't be known, so the
# model says what the scores tell, not which share of the questions happened to be written down. Of the wrong half,
# one part each are those from outside, those whose entry is not there, and those where another entry comes first.
_WRONG: dict[str, float] = {
    "own": 1,
    "foreign": 1,
    "absent": 1,
    "absent foreign": 1,
    "outside": 1,
    "outside foreign": 1,
    "named": 1,
    "named foreign": 1,
    "asked": 1,
    "asked foreign": 1,
    "beside": 1,
    "beside foreign": 1,
}
_STILL_NEAR = ("absent", "absent foreign", "named", "named foreign", "beside", "beside foreign")


def train(
    generation: Generation,
    encoder: Encoder,
    lessons: Lessons,
    glossary: Glossary | None = None,
    most_questions: int = MOST_QUESTIONS,
) -> AnswerModel | None:
    """A model of this generation's content; None where there is too little to learn from.

    `lessons` are questions whose outcome is known, `glossary` is that of the content.
    """
    rehearsed = rehearse(generation, encoder, lessons, glossary, most_questions)
    return fit(*rehearsed) if rehearsed else None


def rehearse(
    generation: Generation,
    encoder: Encoder,
    lessons: Lessons,
    glossary: Glossary | None = None,
    most_questions: int = MOST_QUESTIONS,
) -> tuple[list[Sample], dict[str, float], Lessons] | None:
    """The samples to learn from, how rare each concept is, and the lessons that still hold; None without enough."""
    corpus = Corpus(generation, encoder, glossary)
    questions = [passage.text for passage in corpus.passages if passage.role == "question"]
    lessons = still_elsewhere(lessons, questions, encoder)
    rehearsal = Rehearsal(corpus, glossary, Memory(lessons, encoder))
    numbers = rehearsal.questions(most_questions)
    if len(numbers) < FEWEST_QUESTIONS:
        return None
    samples = list(rehearsal.ask(numbers, lessons))
    right = sum(sample.right for sample in samples)
    return (samples, rehearsal.rarity, lessons) if 0 < right < len(samples) else None


def weights_of(samples: Sequence[Sample], right: Sequence[bool]) -> NDArray[np.float64]:
    """How much each sample counts, shape (samples,), 1 on average: see `_WRONG`."""
    kinds = ["right" if good else sample.scenario for sample, good in zip(samples, right, strict=True)]
    counts = Counter(kinds)
    total = sum(_WRONG[kind] for kind in counts if kind != "right")
    shares = {kind: 1.0 if kind == "right" else _WRONG[kind] / total for kind in counts}
    weights = np.array([shares[kind] / counts[kind] for kind in kinds])
    found: NDArray[np.float64] = weights * (len(weights) / weights.sum())
    return found


def fit(samples: Sequence[Sample], rarity: dict[str, float], lessons: Lessons = NO_LESSONS) -> AnswerModel:
    """The model that these samples, some right and some wrong, lead to."""
    values = np.array([sample.features for sample in samples])
    means, scales = values.mean(axis=0), values.std(axis=0)
    scales[scales < _CONSTANT] = 1.0
    terms = np.empty((len(samples), len(TERMS)))  # filled row by row: as lists they would take four times as much
    for row, steps in zip(terms, (values - means) / scales, strict=True):
        row[:] = with_products(steps.tolist())
    # Whether the first one answers is told by few and plain signs. A question whose entry is not there is left out: it
    # looks like one that is well answered, and would make the model ask back where it can answer.
    there = [at for at, sample in enumerate(samples) if not sample.scenario.startswith("absent")]
    first = [samples[at].right for at in there]
    answers = _regression(terms[there], first, weights_of([samples[at] for at in there], first), ANSWER_SIGNS, STRENGTH)
    # A question like one of the FAQ's is well met by the entries around it, even where its own is not there.
    told = [at for at, sample in enumerate(samples) if sample.scenario not in _STILL_NEAR]
    offered = [samples[at].near for at in told]
    near = _regression(
        terms[told], offered, weights_of([samples[at] for at in told], offered), TERMS, STRENGTH_OF_PRODUCTS
    )
    groups = len({sample.group for sample in samples})
    return AnswerModel(answers, near, _named(NAMES, means), _named(NAMES, scales), rarity, lessons, groups)


def cross_validated(samples: Sequence[Sample], rarity: dict[str, float], folds: int = FOLDS) -> list[Probabilities]:
    """For each sample the probabilities by a model that has seen nothing of its entry."""
    from sklearn.model_selection import GroupKFold

    found = {}
    groups = [sample.group for sample in samples]
    for learned, held_out in GroupKFold(folds).split(groups, groups=groups):
        model = fit([samples[at] for at in learned], rarity)
        found.update({int(at): model.of_features(samples[at].features) for at in held_out})
    return [found[at] for at in range(len(samples))]


def _regression(
    terms: NDArray[np.float64],
    right: Sequence[bool],
    weights: NDArray[np.float64],
    signs: Sequence[str],
    strength: float,
) -> Regression:
    """A regression that looks at `signs` alone; `terms` (samples, terms) has all."""
    from sklearn.linear_model import LogisticRegression  # takes a second to import, and only training needs it

    columns = [TERMS.index(sign) for sign in signs]
    found = LogisticRegression(C=strength, max_iter=1_000).fit(terms[:, columns], right, sample_weight=weights)
    weighing = dict.fromkeys(TERMS, 0.0) | _named(signs, found.coef_[0])
    return Regression(weighing, round(float(found.intercept_[0]), 5))


def _named(names: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    """By name, rounded so that the same content gives the same file everywhere."""
    return {name: round(float(value), 5) for name, value in zip(names, values, strict=True)}
