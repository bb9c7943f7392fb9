"""What a rollback keeps out."""

import json
from pathlib import Path

import pytest

from knowledge.errors import IndexCorrupt
from knowledge.index.holds import FILE, Holds, after_going_forward, after_rollback, read_holds, write_holds

A, B, C = (("faq:a", "en"), ("faq:b", "en"), ("faq:c", "en"))


def test_all_that_differs_is_held() -> None:
    """The version undone, or its absence."""
    assert {A: "2", B: None, C: "1"} == after_rollback({}, {A: "2", C: "1"}, {A: "1", B: "1"})


def test_going_back_twice_holds_both() -> None:
    """What the first rollback undid is not let in by the second."""
    assert {A: "3", B: "1"} == after_rollback({A: "3"}, {A: "2", B: "1"}, {A: "1"})


def test_going_forward_lifts_what_was_held() -> None:
    assert {B: "9"} == after_going_forward({A: "2", B: "9"}, {A: "2"})


def test_holds_are_read_as_they_were_written(tmp_path: Path) -> None:
    holds = Holds("g1", "g2", {A: "1", B: None})
    write_holds(tmp_path, holds)
    assert holds == read_holds(tmp_path)


def test_no_holds_leave_no_file(tmp_path: Path) -> None:
    write_holds(tmp_path, Holds("g1", "g2", {A: "1"}))
    write_holds(tmp_path, Holds())
    assert [] == list(tmp_path.iterdir())
    assert Holds() == read_holds(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"documents": [[1]]}', "\x00"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(IndexCorrupt, match=r"holds.json.*citydesk reindex"):
        read_holds(tmp_path)


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    write_holds(tmp_path, Holds("g1", "g2", {A: "1"}))
    assert {"generation": "g1", "undone": "g2", "documents": [["faq:a", "en", "1"]]} == json.loads(
        (tmp_path / FILE).read_text(encoding="utf-8")
    )
