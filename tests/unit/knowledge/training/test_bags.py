"""Bags of rows are cut and joined without mixing up whose row is whose."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.training.bags import Bag

Texts = list[list[int]]
texts = st.lists(st.lists(st.integers(0, 99), max_size=6), min_size=1, max_size=8)


def bag(rows: Texts) -> Bag:
    return Bag(np.array([row for text in rows for row in text], np.int64), np.array([len(t) for t in rows], np.int64))


def texts_of(given: Bag) -> Texts:
    return [given.rows[given.owners == text].tolist() for text in range(len(given.lengths))]


@given(texts, st.data())
def test_taking_gives_the_texts_asked_for_in_that_order(rows: Texts, data: st.DataObject) -> None:
    """Any order, any repetition, empty texts included."""
    index = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=12))
    assert [rows[i] for i in index] == texts_of(bag(rows).take(np.array(index)))


@given(texts, st.data())
def test_joining_puts_each_text_behind_its_counterpart(rows: Texts, data: st.DataObject) -> None:
    """What belongs to a text stays in order: its own rows first."""
    others = data.draw(st.lists(st.lists(st.integers(0, 99), max_size=6), min_size=len(rows), max_size=len(rows)))
    assert [a + b for a, b in zip(rows, others, strict=True)] == texts_of(bag(rows).joined(bag(others)))


@given(texts, st.integers(0, 9))
def test_a_part_has_only_rows_of_its_text(rows: Texts, seed: int) -> None:
    """Nothing comes from elsewhere, and the order stays."""
    parts = texts_of(bag(rows).part((0.2, 0.9), np.random.default_rng(seed)))
    for part, text in zip(parts, rows, strict=True):
        left = iter(text)
        assert all(row in left for row in part)


def test_all_and_none_are_parts_too() -> None:
    """The share is what is kept, not what is dropped."""
    chance = np.random.default_rng(0)
    assert [[1, 2], [3]] == texts_of(bag([[1, 2], [3]]).part((1.0, 1.0), chance))
    assert [[], []] == texts_of(bag([[1, 2], [3]]).part((0.0, 0.0), chance))
