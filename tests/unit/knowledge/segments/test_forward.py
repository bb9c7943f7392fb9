"""The forward index and the sentence vectors keep what they were given, on disk too."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.segments.forward import ForwardIndex, ForwardIndexWriter, keys
from knowledge.segments.sentence_vectors import SentenceVectors, SentenceVectorsWriter

ROWS = [[np.array([7, 8], np.uint32), np.array([], np.uint32)], [np.array([9], np.uint32)]]


def test_lengths_are_those_of_passages() -> None:
    assert [2, 1] == ForwardIndex.build(ROWS).lengths().tolist()


def test_parts_written_one_after_the_other_are_one_index(tmp_path: Path) -> None:
    other = ForwardIndex.build([[np.array([], np.uint32)], [np.array([1, 2], np.uint32)]])
    with ForwardIndexWriter(tmp_path) as writer:
        writer.append(ForwardIndex.build(ROWS))
        writer.append(other)
    found = ForwardIndex.load(tmp_path)
    assert ([7, 8, 9, 1, 2], [0, 2, 2, 3, 3, 5], [0, 2, 3, 4, 5]) == (
        found.terms.tolist(),
        found.bounds.tolist(),
        found.rows.tolist(),
    )
    assert ["00000007 00000008", "00000009", "", "00000001 00000002"] == list(found.texts())


def test_an_index_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    ForwardIndex.build(ROWS).save(tmp_path)
    found = ForwardIndex.load(tmp_path)
    assert ([7, 8, 9], [0, 2, 2, 3], [0, 2, 3]) == (found.terms.tolist(), found.bounds.tolist(), found.rows.tolist())


@pytest.mark.parametrize("name", ["terms.npy", "term-bounds.npy", "rows.npy"])
def test_files_that_do_not_fit_each_other_are_refused(name: str, tmp_path: Path) -> None:
    ForwardIndex.build(ROWS).save(tmp_path)
    np.save(tmp_path / name, np.array([1, 2, 3, 4, 5], dtype=np.int64))
    with pytest.raises(ValueError, match="do not fit"):
        ForwardIndex.load(tmp_path)


def test_keys_are_eight_digits_each() -> None:
    assert ["00000007", "ffffffff"] == keys(np.array([7, 2**32 - 1], dtype=np.uint32))
    assert [] == keys(np.array([], dtype=np.uint32))


@given(arrays(np.float32, (3, 5), elements=st.floats(-1.0, 1.0, width=32)))
def test_vectors_at_a_quarter_of_their_size_are_nearly_the_same(vectors: np.ndarray) -> None:
    """Off by at most half a step of 127 of the largest number, zeros included."""
    kept = SentenceVectors.build(vectors)
    step = np.abs(vectors).max(axis=1, keepdims=True) / 127
    assert (np.abs(kept.vectors(slice(0, 3)) - vectors) <= step / 2 + 1e-6).all()


def test_sentence_vectors_written_in_parts_follow_each_other(tmp_path: Path) -> None:
    """More rows than are worked on at once, in two parts, are what they are as one."""
    vectors = np.random.default_rng(1).normal(size=(600, 5)).astype(np.float32)
    whole = SentenceVectors.build(vectors)
    with SentenceVectorsWriter(tmp_path) as writer:
        writer.append(SentenceVectors.build(vectors[:100]))
        writer.append(SentenceVectors.build(vectors[100:]))
    parts = SentenceVectors.load(tmp_path)
    np.testing.assert_array_equal(whole.rows, parts.rows)
    np.testing.assert_array_equal(whole.scales, parts.scales)


def test_cosines_are_those_of_the_rows_asked_for(tmp_path: Path) -> None:
    SentenceVectors.build(np.eye(3, dtype=np.float32)).save(tmp_path)
    kept = SentenceVectors.load(tmp_path)
    cosines = kept.cosines(np.array([2, 0]), np.array([0.6, 0.0, 0.8], np.float32))
    np.testing.assert_allclose([0.8, 0.6], cosines, atol=1e-6)


def test_scales_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    SentenceVectors.build(np.eye(3, dtype=np.float32)).save(tmp_path)
    np.save(tmp_path / "sentence-scales.npy", np.ones(2, np.float32))
    with pytest.raises(ValueError, match="do not fit"):
        SentenceVectors.load(tmp_path)
