"""Documents hidden by hand, on a real disk."""

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import TombstonesUnreadable
from knowledge.index.tombstones import FILE, Tombstones


def test_another_reader_sees_it_at_once(tmp_path: Path) -> None:
    """No restart: the file is looked at with each question."""
    reader = Tombstones(tmp_path)
    assert {} == reader.hidden()
    assert Tombstones(tmp_path).hide("news:1")
    assert {"news:1"} == set(reader.hidden())
    assert Tombstones(tmp_path).unhide("news:1")
    assert {} == reader.hidden()


def test_hiding_twice_is_said(tmp_path: Path) -> None:
    """And the time of the first stays."""
    stones = Tombstones(tmp_path)
    assert stones.hide("faq:a")
    first = stones.hidden()["faq:a"]
    assert (False, first) == (stones.hide("faq:a"), stones.hidden()["faq:a"])
    assert (True, False) == (stones.unhide("faq:a"), stones.unhide("faq:a"))


def test_two_editors_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each change reads and writes under a lock."""
    names = [f"news:{number}" for number in range(12)]
    threads = [threading.Thread(target=Tombstones(tmp_path).hide, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(names) == set(Tombstones(tmp_path).hidden())


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"hidden": []}', '{"hidden": {"a": "b"}}', "\x00"])
def test_a_damaged_list_shows_nothing_rather_than_what_was_hidden(tmp_path: Path, content: str) -> None:
    """A new reader refuses with the remedy; one that knows the list goes on with it; no change writes over it."""
    stones = Tombstones(tmp_path)
    stones.hide("news:1")
    stones.hidden()
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert {"news:1"} == set(stones.hidden())
    with pytest.raises(TombstonesUnreadable, match="citydesk index hide"):
        Tombstones(tmp_path).hidden()
    with pytest.raises(TombstonesUnreadable):
        stones.hide("news:2")


@given(st.text(max_size=20))
def test_any_id_can_be_hidden(tmp_path_factory: pytest.TempPathFactory, document_id: str) -> None:
    """What a terminal passes on may be anything."""
    root = tmp_path_factory.mktemp("index")
    Tombstones(root).hide(document_id)
    assert {document_id} == set(Tombstones(root).hidden())


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.999.new").write_text("{", encoding="utf-8")
    Tombstones(tmp_path).hide("news:1")
    assert [] == list(tmp_path.glob("*.new"))
