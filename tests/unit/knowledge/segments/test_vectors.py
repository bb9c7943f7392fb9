"""The vector index: ids as given, removed ones passed over, the same answers exactly and nearly."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from knowledge.segments.vectors import FILE, VectorIndex

RNG = np.random.default_rng(4)
VECTORS = RNG.standard_normal((2_000, 24)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
IDS = np.arange(2_000, dtype=np.int64) * 3 + 2**40
BOTH = pytest.mark.parametrize("exact", [True, False])


@pytest.fixture(params=[True, False], ids=["exact", "approximate"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> VectorIndex:
    """Saved, and mapped again."""
    VectorIndex.build(VECTORS, IDS, exact=request.param).save(tmp_path)
    return VectorIndex.load(tmp_path)


def test_a_vector_finds_itself_under_its_id(index: VectorIndex) -> None:
    """Saved, mapped, over 32 bits."""
    for row in (0, 7, 1_999):
        ids, cosines = index.search(VECTORS[row], 3)
        assert IDS[row] == ids[0]
        assert 1.0 == pytest.approx(float(cosines[0]), abs=1e-5)
    assert (2_000, 24) == (len(index), index.dimension)
    np.testing.assert_array_equal(IDS, index.ids)


def test_small_indexes_are_exact_and_number_rows_themselves() -> None:
    """As comparing with all does."""
    index = VectorIndex.build(VECTORS)
    expected = np.argsort(-(VECTORS @ VECTORS[5]))[:10]
    np.testing.assert_array_equal(expected, index.search(VECTORS[5], 10)[0])


def test_an_approximate_index_finds_nearly_all() -> None:
    """At least nine of ten of the truly nearest."""
    exact, near = (VectorIndex.build(VECTORS, exact=exact) for exact in (True, False))
    queries = RNG.standard_normal((50, 24)).astype(np.float32)
    found = [len(np.intersect1d(exact.search(q, 10)[0], near.search(q, 10)[0])) for q in queries]
    assert 9 <= np.mean(found)


def test_removed_ones_are_passed_over(index: VectorIndex) -> None:
    """Others move up; removing what is not there changes nothing."""
    before = index.search(VECTORS[5], 11)[0]
    assert IDS[5] == before[0]
    for removed in ([int(IDS[5]), 1], np.array([IDS[5], 1])):
        np.testing.assert_array_equal(before[1:], index.search(VECTORS[5], 10, removed)[0])
    assert 0 == len(index.search(VECTORS[5], 10, IDS)[0])


def test_only_those_asked_for_are_compared(index: VectorIndex) -> None:
    """However far away, but not the removed and the unknown ones."""
    among = np.concatenate([IDS[:20], [1, 2]])
    ids, cosines = index.search(VECTORS[1_500], 100, IDS[:2], among)
    expected = VECTORS[2:20] @ VECTORS[1_500]
    np.testing.assert_allclose(np.sort(expected)[::-1], cosines, atol=1e-6)
    np.testing.assert_array_equal(IDS[2:20][np.argsort(-expected)], ids)
    assert 0 == len(index.search(VECTORS[0], 5, among=[])[0])


def test_vectors_come_back_as_given(index: VectorIndex) -> None:
    """In the order asked for; an unknown id is an error, not a vector."""
    np.testing.assert_array_equal(VECTORS[[9, 3]], index.vectors(IDS[[9, 3]]))
    assert (0, 24) == index.vectors(IDS[:0]).shape
    for unknown in (1, -1):
        with pytest.raises(KeyError):
            index.vectors(np.array([IDS[0], unknown]))


@BOTH
def test_nothing_is_found_in_nothing(exact: bool, tmp_path: Path) -> None:
    """An index may be empty, and small; k may be 0."""
    for count in (0, 1, 3):
        VectorIndex.build(VECTORS[:count], exact=exact or count == 0).save(tmp_path)
        index = VectorIndex.load(tmp_path)
        assert count == len(index.search(VECTORS[0], 10)[0])
        assert 0 == len(index.search(VECTORS[0], 0)[0])


def test_ids_that_do_not_fit_are_refused() -> None:
    """One for each vector, each once."""
    for ids in (IDS[:2], np.array([4, 4, 5])):
        with pytest.raises(ValueError, match="3 vectors"):
            VectorIndex.build(VECTORS[:3], ids)


@pytest.mark.parametrize("left", [0, 10, 100, 5_000, 100_000])
@BOTH
def test_a_cut_file_is_an_error(tmp_path: Path, exact: bool, left: int) -> None:
    """Not a crash, though the file is mapped."""
    VectorIndex.build(VECTORS, IDS, exact=exact).save(tmp_path)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data[:left])
    with pytest.raises(RuntimeError):
        VectorIndex.load(tmp_path)


def test_searching_leaves_the_number_of_threads_alone() -> None:
    """Building uses them all, before and after."""
    before = faiss.omp_get_max_threads()
    VectorIndex.build(VECTORS).search(VECTORS[0], 3)
    assert before == faiss.omp_get_max_threads()
