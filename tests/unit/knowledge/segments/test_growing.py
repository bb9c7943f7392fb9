"""Arrays that are written row by row are read as if they had been saved at once."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.segments.growing import GrowingArray


@pytest.mark.parametrize("shape", [(7,), (7, 3), (7, 2, 2)])
@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float32, np.uint32])
def test_parts_are_read_as_one(shape: tuple[int, ...], dtype: np.dtype, tmp_path: Path) -> None:
    whole = np.arange(np.prod(shape), dtype=dtype).reshape(shape)
    with GrowingArray(tmp_path / "rows.npy") as array:
        for part in (whole[:2], whole[2:2], whole[2:]):
            array.append(part)
    for mode in (None, "r"):
        found = np.load(tmp_path / "rows.npy", mmap_mode=mode)
        assert whole.dtype == found.dtype
        np.testing.assert_array_equal(whole, found)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_any_division_into_parts_will_do(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    path = tmp_path_factory.mktemp("growing") / "rows.npy"
    whole = np.arange(2 * sum(sizes), dtype=np.float32).reshape(-1, 2)
    bounds = np.cumsum([0, *sizes])
    with GrowingArray(path) as array:
        for start, end in pairwise(bounds.tolist()):
            array.append(whole[start:end])
    np.testing.assert_array_equal(whole, np.load(path))


def test_rows_that_are_not_contiguous_are_written_in_order(tmp_path: Path) -> None:
    whole = np.arange(12, dtype=np.int64).reshape(3, 4)
    with GrowingArray(tmp_path / "rows.npy") as array:
        array.append(whole.T)
    np.testing.assert_array_equal(whole.T, np.load(tmp_path / "rows.npy"))


@pytest.mark.parametrize("other", [np.zeros((1, 3), np.int64), np.zeros((1, 2), np.int32)])
def test_rows_of_another_kind_are_refused(other: np.ndarray, tmp_path: Path) -> None:
    with GrowingArray(tmp_path / "rows.npy") as array:
        array.append(np.zeros((1, 2), np.int64))
        with pytest.raises(ValueError, match=r"rows\.npy"):
            array.append(other)
