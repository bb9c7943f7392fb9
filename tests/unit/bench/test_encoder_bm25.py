"""BM25 over bigrams of characters, against figures computed by hand."""

import math

import numpy as np
import pytest

from bench.encoder.bm25 import bigrams, bm25_scores


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三表是", ["三表", "表是"]),
        ("A cat, 7!", ["a", "ca", "at", "7"]),
        ("ＡＢ　ｃ", ["ab", "c"]),
        ("Straße", ["st", "tr", "ra", "as", "ss", "se"]),
        ("ที่นี่", ["ที", "ี่", "่น", "นี", "ี่"]),
        ("a_b", ["a", "b"]),
        ("…!", []),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    """Full-width and capitals are folded, marks stay with their letters, signs end a run."""
    assert expected == bigrams(text)


def test_a_score_is_what_the_formula_gives() -> None:
    """`ab` is twice in the first of two documents, `cd` once in each; lengths are 3 and 1, 2 on average."""
    documents = ["ab ab cd", "cd"]
    rare, common = math.log(1 + 1.5 / 1.5), math.log(1 + 0.5 / 2.5)
    long, short = 1.2 * (0.25 + 0.75 * 3 / 2), 1.2 * (0.25 + 0.75 * 1 / 2)
    first = rare * 2 * 2.2 / (2 + long) + common * 2.2 / (1 + long)
    second = common * 2.2 / (1 + short)
    np.testing.assert_allclose([[first, second]], bm25_scores(["ab cd"], documents))


def test_a_term_that_is_asked_twice_counts_twice() -> None:
    once, twice = bm25_scores(["ab", "ab ab"], ["ab", "cd"])
    np.testing.assert_allclose(2 * once, twice)


def test_nothing_shared_is_zero() -> None:
    """Neither unknown terms nor an empty query are an error."""
    np.testing.assert_array_equal(np.zeros((2, 2)), bm25_scores(["xy", "?"], ["ab", "cd"]))
