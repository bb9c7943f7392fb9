"""Files of an index: shared, recorded, checked."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from knowledge.errors import IndexCorrupt
from knowledge.index.files import SMALL, Link, flush, forget, records, share_tree, verify, write_atomically

LARGE = b"x" * (SMALL + 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "one"
    (place / "deep").mkdir(parents=True)
    (place / "deep" / "large").write_bytes(LARGE)
    (place / "small").write_bytes(b"small")
    (place / "held.lock").touch()
    return place


def test_a_shared_tree_is_the_same_files(folder: Path, tmp_path: Path) -> None:
    """No byte is copied, and locks stay with their holder."""
    share_tree(folder, tmp_path / "two")
    assert os.path.samefile(folder / "deep" / "large", tmp_path / "two" / "deep" / "large")
    assert not (tmp_path / "two" / "held.lock").exists()


def without_links(number: int) -> Link:
    """A file system that has no hard links, as it says so."""

    def link(path: Path, place: Path) -> None:
        raise OSError(number, os.strerror(number), str(path))

    return link


@pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES])
def test_where_there_are_no_hard_links_files_are_copied(folder: Path, tmp_path: Path, number: int) -> None:
    """Whole, and files of their own: what is written into one tree is not in the other."""
    share_tree(folder, tmp_path / "two", link=without_links(number))
    expected = records(folder, None, {})
    verify(tmp_path / "two", expected)
    assert not os.path.samefile(folder / "deep" / "large", tmp_path / "two" / "deep" / "large")
    (tmp_path / "two" / "small").write_bytes(b"other")
    verify(folder, expected)


def test_links_by_name_where_that_is_enough(folder: Path, tmp_path: Path) -> None:
    """For a tree that does not outlive its source, nothing is copied."""
    share_tree(folder, tmp_path / "two", symbolic=True, link=without_links(errno.EXDEV))
    assert (tmp_path / "two" / "deep" / "large").is_symlink()
    verify(tmp_path / "two", records(folder, None, {}))


def test_an_error_that_says_nothing_of_links_is_one(folder: Path, tmp_path: Path) -> None:
    """A full disk would not be helped by copies."""
    with pytest.raises(OSError, match="No space left"):
        share_tree(folder, tmp_path / "two", link=without_links(errno.ENOSPC))


@pytest.mark.parametrize("link", [os.link, without_links(errno.EXDEV)], ids=["linked", "none"])
@pytest.mark.parametrize("symbolic", [False, True])
def test_removing_a_shared_tree_leaves_its_source(folder: Path, tmp_path: Path, link: Link, symbolic: bool) -> None:
    """However it is shared: an old generation goes, the one that shares its files stays."""
    expected = records(folder, None, {})
    share_tree(folder, tmp_path / "two", symbolic=symbolic, link=link)
    shutil.rmtree(tmp_path / "two")
    forget(folder.rglob("*"))
    verify(folder, expected)


def test_shared_large_files_are_not_read_again(folder: Path, tmp_path: Path) -> None:
    """Their records are carried over; a small one is always read."""
    known = {name: record for name, record in records(folder, None, {}).items()}
    share_tree(folder, tmp_path / "two")
    for path in (folder / "deep" / "large", folder / "small"):
        path.write_bytes(path.read_bytes().replace(b"x", b"y").replace(b"s", b"z"))
    found = records(tmp_path / "two", folder, known)
    assert known["deep/large"] == found["deep/large"]
    assert known["small"] != found["small"]


def test_a_file_of_its_own_is_read(folder: Path, tmp_path: Path) -> None:
    """Same name, same size, another file: nothing is taken for granted."""
    known = records(folder, None, {})
    share_tree(folder, tmp_path / "two")
    (tmp_path / "two" / "deep" / "large").unlink()
    (tmp_path / "two" / "deep" / "large").write_bytes(LARGE.replace(b"x", b"y"))
    assert known["deep/large"] != records(tmp_path / "two", folder, known)["deep/large"]


@pytest.mark.parametrize("name", ["deep/large", "small"])
@pytest.mark.parametrize("damage", ["cut", "gone", "garbled", "a folder"])
def test_damage_is_named(folder: Path, name: str, damage: str) -> None:
    """Even after the file was found whole once in this process."""
    expected = records(folder, None, {})
    verify(folder, expected)
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage != "gone":
        path.write_bytes(data[:-1] if damage == "cut" else b"\x00" + data[1:])
    with pytest.raises(IndexCorrupt, match=name):
        verify(folder, expected)


def test_a_quick_look_passes_over_the_bytes_of_large_files(folder: Path) -> None:
    """But not over their size."""
    expected = records(folder, None, {})
    (folder / "deep" / "large").write_bytes(LARGE.replace(b"x", b"y"))
    verify(folder, expected, large=False)
    (folder / "deep" / "large").write_bytes(LARGE[:-1])
    with pytest.raises(IndexCorrupt, match="large"):
        verify(folder, expected, large=False)


def test_a_write_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """Text that cannot be encoded leaves the old text, and nothing beside it."""
    write_atomically(tmp_path / "file", "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "file", "\ud800")
    assert {"file": "old"} == {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}


def test_flushing_takes_every_kind_of_entry(folder: Path, tmp_path: Path) -> None:
    """Folders, own files, shared ones; what is missing is an error and not passed over."""
    share_tree(folder, tmp_path / "two")
    (tmp_path / "two" / "own").write_bytes(b"")
    flush(tmp_path / "two", folder)
    (tmp_path / "two" / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        flush(tmp_path / "two", None)
