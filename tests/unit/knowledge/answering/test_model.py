"""The model as numbers: kept, read again, refused when damaged."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.answering.features import NAMES
from knowledge.answering.model import FILE, TERMS, AnswerModel, Regression, with_products
from knowledge.content.rehearsal import AnsweredPhrase, Lessons, Phrase

number = st.floats(min_value=-1e6, max_value=1e6)
# Few at a time: all would be too many for hypothesis to play with.
weights = st.dictionaries(st.sampled_from(TERMS), number, max_size=4).map(lambda some: dict.fromkeys(TERMS, 0.5) | some)
scales = st.dictionaries(st.sampled_from(NAMES), st.floats(min_value=1e-3, max_value=1e3), max_size=3)
means = st.dictionaries(st.sampled_from(NAMES), number, max_size=3)
phrases = st.lists(st.builds(Phrase, st.text(), st.text()), max_size=2).map(tuple)
answered = st.lists(st.builds(AnsweredPhrase, st.text(), st.text(), st.frozensets(st.text(), max_size=2)), max_size=2)
lessons = st.builds(Lessons, answered.map(tuple), phrases, phrases)
regressions = st.builds(Regression, weights, number)
models = st.builds(
    AnswerModel,
    regressions,
    regressions,
    means.map(lambda some: dict.fromkeys(NAMES, 0.0) | some),
    scales.map(lambda some: dict.fromkeys(NAMES, 1.0) | some),
    lessons=lessons,
)
DEFAULT = AnswerModel.default()


@given(models, arrays(np.float64, len(NAMES), elements=number))
def test_probabilities_stay_within_bounds(model: AnswerModel, values: np.ndarray) -> None:
    """However far out a question lies; and what answers is near."""
    found = model.of_features(values)
    assert 0 <= found.answers <= found.near <= 1


@given(models)
def test_what_is_saved_is_read(tmp_path_factory: pytest.TempPathFactory, model: AnswerModel) -> None:
    """Nothing is lost, and the same model is the same bytes."""
    folder = tmp_path_factory.mktemp("model")
    model.save(folder)
    written = (folder / FILE).read_bytes()
    read = AnswerModel.load(folder)
    read.save(folder)
    assert (model, written) == (read, (folder / FILE).read_bytes())


def test_nothing_saved_means_the_default(tmp_path: Path) -> None:
    """An index with too little to learn from is judged by what the shipped FAQ taught."""
    assert DEFAULT == AnswerModel.load(tmp_path)
    assert DEFAULT.trained_on > 100


def test_an_undecided_model_says_one_half() -> None:
    """Of whatever it is asked."""
    found = AnswerModel.undecided().of_features(np.arange(len(NAMES), dtype=np.float64))
    assert (0.5, 0.5) == (found.answers, found.near)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 0),
        ("means", {}),
        ("scales", dict.fromkeys(NAMES, 0.0)),
        ("means", dict.fromkeys(NAMES, math.nan)),
        ("answers", {"weights": {}, "intercept": 0.0}),
        ("near", None),
        ("rarity", {"taipei": math.inf}),
        ("surplus", 1),
    ],
)
def test_a_damaged_model_is_refused(tmp_path: Path, field: str, value: Any) -> None:
    """Another version, a missing feature, what is no number: an error, not a wrong answer."""
    DEFAULT.save(tmp_path)
    record = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps({**record, field: value}), encoding="utf-8")
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
        AnswerModel.load(tmp_path)


def test_each_product_has_a_name() -> None:
    """The order of the terms is that of their names."""
    steps = [0.1 * at for at in range(len(NAMES))]
    found = dict(zip(TERMS, with_products(steps), strict=True))
    at = {name: step for name, step in zip(NAMES, steps, strict=True)}
    assert found["held"] == at["held"]
    assert found["held * margin"] == at["held"] * at["margin"]
