"""The adapter for this machine keeps the port's contract, also when it is killed between two of its writes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.stores.contract import PassageStoreContract
from knowledge.stores.errors import DuplicatePassage, StoreDamaged, WrongDimension
from knowledge.stores.local import MOST_SEGMENTS, SEGMENTS, STATE, LocalStore
from knowledge.stores.reference import DIMENSION, make_passages

PASSAGES = make_passages(60)


def add(store: LocalStore, rows: slice) -> None:
    part = PASSAGES.take(rows)
    store.add(part.ids, part.vectors, part.terms)


def segments(folder: Path) -> int:
    return len(list((folder / SEGMENTS).iterdir()))


class TestLocalStore(PassageStoreContract):
    """Everything that the port promises."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Callable[[], LocalStore]:
        return lambda: LocalStore(tmp_path / "store", DIMENSION)


def test_many_segments_become_one(tmp_path: Path) -> None:
    """A search never has to go through more than a few."""
    store = LocalStore(tmp_path, DIMENSION)
    for row in range(MOST_SEGMENTS):
        add(store, slice(row, row + 1))
    assert MOST_SEGMENTS == segments(tmp_path)
    add(store, slice(MOST_SEGMENTS, MOST_SEGMENTS + 1))
    assert 1 == segments(tmp_path)
    assert MOST_SEGMENTS + 1 == len(LocalStore(tmp_path, DIMENSION))


def test_removed_vectors_are_cleared_away_when_they_are_a_tenth(tmp_path: Path) -> None:
    """Until then they are passed over."""
    store = LocalStore(tmp_path, DIMENSION)
    add(store, slice(0, 50))
    before = (tmp_path / SEGMENTS / "1" / "vectors.faiss").stat().st_size
    store.remove(PASSAGES.ids[:5])
    assert ["1"] == [path.name for path in (tmp_path / SEGMENTS).iterdir()]
    store.remove(PASSAGES.ids[5:6])
    [merged] = (tmp_path / SEGMENTS).iterdir()
    assert before > (merged / "vectors.faiss").stat().st_size
    np.testing.assert_array_equal(PASSAGES.vectors[6:50], store.vectors(PASSAGES.ids[6:50]))


def test_what_an_interrupted_add_left_is_not_there(tmp_path: Path) -> None:
    """Killed before the last write: not found, and no obstacle to doing it again."""
    store = LocalStore(tmp_path, DIMENSION)
    add(store, slice(0, 10))
    state = (tmp_path / STATE).read_bytes()
    add(store, slice(10, 20))
    (tmp_path / STATE).write_bytes(state)
    again = LocalStore(tmp_path, DIMENSION)
    assert 10 == len(again)
    everything = {term for terms in PASSAGES.terms for term in terms}
    assert set(PASSAGES.ids[:10].tolist()) == {passage for passage, _ in again.lexical(everything, 100)}
    add(again, slice(10, 20))
    found = [passage for passage, _ in again.lexical(everything, 100)]
    assert sorted(PASSAGES.ids[:20].tolist()) == sorted(found)
    with pytest.raises(DuplicatePassage):
        add(again, slice(19, 21))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"dimension": 32, "segments": {"9": []}}', '{"dimension": 32, "segments": []}']
)
def test_damage_is_told_with_its_remedy(tmp_path: Path, text: str) -> None:
    """Instead of an empty answer."""
    LocalStore(tmp_path, DIMENSION).close()
    (tmp_path / STATE).write_text(text, encoding="utf-8")
    with pytest.raises(StoreDamaged, match="citydesk reindex"):
        LocalStore(tmp_path, DIMENSION)


def test_a_store_of_another_encoder_is_refused(tmp_path: Path) -> None:
    """When it is opened, not when somebody asks."""
    LocalStore(tmp_path, DIMENSION).close()
    with pytest.raises(WrongDimension, match="16 columns"):
        LocalStore(tmp_path, 16)
