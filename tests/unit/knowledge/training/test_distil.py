"""Training brings together what belongs together, and does the same thing each time."""

import dataclasses

import numpy as np
import pytest
import torch
from torch.nn import functional

from knowledge.training.batches import Material
from knowledge.training.data import Pair
from knowledge.training.distil import train_table
from knowledge.training.headlines import News
from knowledge.training.recipe import Recipe
from knowledge.training.teacher import Vectors, reduce
from knowledge.training.tokenizer import Pieces, learn_pieces

ENGLISH = ["The hospital is open", "Call the number", "The library is closed", "A bus comes soon", "Water is dear"]
CHINESE = ["醫院現在有開放看診", "請您打這個電話號碼", "圖書館今天沒有開門", "公車很快就會到站了", "自來水的費用很貴喔"]
JAPANESE = [
    "病院は開いています",
    "番号に電話してください",
    "図書館は閉まっています",
    "バスがすぐ来ます",
    "水道代が高いです",
]
RECIPE = Recipe(pieces=300, dims=4, passes=40, batch=8, news=0.0)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """Each sentence a few times, for rare characters are not learned from."""
    texts = [f"{text} {number}" for text in (*ENGLISH, *CHINESE, *JAPANESE) for number in range(4)]
    return learn_pieces(dict.fromkeys(texts, 3), RECIPE)


def material(pieces: Pieces, news: News | None = None) -> Material:
    pairs = [Pair(e, t, "cldr", "zh-Hant") for e, t in zip(ENGLISH, CHINESE, strict=True)]
    pairs += [Pair(e, t, "cldr", "ja") for e, t in zip(ENGLISH, JAPANESE, strict=True)]
    vectors = np.eye(5, 4, dtype=np.float32) + np.eye(5, 4, k=-1, dtype=np.float32)
    return Material(pieces, pairs, ENGLISH, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), news)


def encoded(table: torch.Tensor, pieces: Pieces, texts: list[str]) -> Vectors:
    ids = [[i for i in e.ids if i not in pieces.ignored] for e in pieces.tokenizer.encode_batch(texts)]
    means = torch.stack([table[torch.tensor(text)].mean(dim=0) for text in ids])
    return np.asarray(functional.normalize(means), dtype=np.float32)


def test_translations_find_their_english_side(pieces: Pieces) -> None:
    """Each of them, in both languages, among all the English sentences."""
    table = train_table(material(pieces), pieces.count, RECIPE)
    english = encoded(table, pieces, ENGLISH)
    for texts in (CHINESE, JAPANESE):
        found = (encoded(table, pieces, texts) @ english.T).argmax(axis=1)
        np.testing.assert_array_equal(np.arange(5), found)


def test_the_same_recipe_gives_the_same_table(pieces: Pieces) -> None:
    """And another seed another one."""
    short = dataclasses.replace(RECIPE, passes=2)
    first, again = (train_table(material(pieces), pieces.count, short) for _ in range(2))
    other = train_table(material(pieces), pieces.count, dataclasses.replace(short, seed=1))
    torch.testing.assert_close(first, again, rtol=0.0, atol=0.0)
    assert not torch.equal(first, other)


def test_headlines_come_near_their_articles(pieces: Pieces) -> None:
    """Where there is nothing else to learn from them: words that are in no pair of the article."""
    news = News(ENGLISH, [CHINESE[1:] + CHINESE[:1]])
    recipe = dataclasses.replace(
        RECIPE, learning_rate=0.02, teacher=0.01, english=0.0, others=0.0, parts=0.0, news=5.0, passes=300
    )
    table = train_table(material(pieces, news), pieces.count, recipe)
    found = (encoded(table, pieces, ENGLISH) @ encoded(table, pieces, CHINESE).T).argmax(axis=1)
    np.testing.assert_array_equal([1, 2, 3, 4, 0], found)


def test_a_step_holds_only_what_the_recipe_weighs(pieces: Pieces) -> None:
    """A loss of weight 0 costs no time."""
    bare = dataclasses.replace(RECIPE, english=0.0, others=0.0, parts=0.0)
    step = next(material(pieces).steps(bare, np.random.default_rng(0)))
    assert {"target", "english"} == set(step.bags)
    assert ["teacher", "teacher"] == [match.right for match in step.matches]
    full = next(material(pieces).steps(RECIPE, np.random.default_rng(0)))
    assert {"target", "english", "other", "part", "passage"} == set(full.bags)


def test_a_third_language_is_of_the_same_sentence(pieces: Pieces) -> None:
    """Or two different statements would be called one."""
    made = material(pieces)
    step = next(made.steps(dataclasses.replace(RECIPE, weakened=0.0), np.random.default_rng(3)))
    candidates = [{tuple(made.targets.take(np.array([i])).rows) for i in (e, e + 5)} for e in range(5)]
    others = [tuple(step.bags["other"].take(np.array([i])).rows) for i in range(RECIPE.batch)]
    assert [True] * 8 == [other in candidates[e] for e, other in zip(step.english, others, strict=True)]


def test_reduced_vectors_are_unit_vectors() -> None:
    """Of the width asked for."""
    vectors = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    reduced = reduce(vectors, 4)
    assert (50, 4) == reduced.shape
    np.testing.assert_allclose(np.linalg.norm(reduced, axis=1), 1.0, atol=1e-5)
