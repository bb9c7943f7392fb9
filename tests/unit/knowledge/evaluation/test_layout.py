"""Where sets are found, and what is said when they are not."""

from pathlib import Path

import pytest

from knowledge.evaluation.errors import SetMissing
from knowledge.evaluation.layout import find_sets
from tests.unit.knowledge.evaluation.beir_sets import write_set


def test_a_folder_of_sets_stands_for_all_of_them(tmp_path: Path) -> None:
    """By name; what is no set is passed over."""
    write_set(tmp_path / "b")
    write_set(tmp_path / "a", ending=".jsonl.gz")
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("Sets.", encoding="utf-8")
    found = find_sets([tmp_path])
    assert ["a", "b"] == [files.name for files in found]
    assert tmp_path / "a" / "corpus.jsonl.gz" == found[0].corpus
    assert tmp_path / "b" / "queries.jsonl" == found[1].queries


def test_several_folders_keep_their_order_and_none_counts_twice(tmp_path: Path) -> None:
    folders = [write_set(tmp_path / name) for name in ("b", "a")]
    assert ["b", "a"] == [files.name for files in find_sets([*folders, tmp_path])]


def test_the_current_folder_has_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_set(tmp_path / "parks"))
    assert ["parks"] == [files.name for files in find_sets([Path()])]


def test_what_is_not_compressed_comes_before_what_is(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "a")
    (folder / "corpus.jsonl.gz").write_bytes(b"")
    assert folder / "corpus.jsonl" == find_sets([folder])[0].corpus


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
@pytest.mark.parametrize("named", [".", "parks"])
def test_half_a_set_is_told_by_the_file_that_is_missing(tmp_path: Path, name: str, named: str) -> None:
    """Whether the set itself was named or the folder that holds it."""
    folder = write_set(tmp_path / "parks")
    (folder / name).unlink()
    with pytest.raises(SetMissing) as caught:
        find_sets([tmp_path / named])
    assert str(folder / name) in str(caught.value)


def test_a_folder_without_any_set_is_told_with_what_a_set_is(tmp_path: Path) -> None:
    with pytest.raises(SetMissing, match=r"holds no set.*corpus\.jsonl"):
        find_sets([tmp_path])
