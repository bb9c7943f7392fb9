"""Files are replaced whole, or not at all."""

import os
import stat
from pathlib import Path

import pytest

from news_ingest.publishing.files import replace_file


def test_a_file_is_made_replaced_and_left_alone(tmp_path: Path) -> None:
    """What stays the same keeps its time, by which servers answer that nothing has changed."""
    path = tmp_path / "news.json"
    assert replace_file(path, b"one")
    os.utime(path, (1, 1))
    assert not replace_file(path, b"one")
    assert 1 == path.stat().st_mtime
    assert replace_file(path, b"two")
    assert (b"two", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))


def test_a_new_file_may_be_read_by_a_web_server(tmp_path: Path) -> None:
    """As the umask has it, not for its owner alone."""
    before = os.umask(0o022)
    try:
        replace_file(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert 0o644 == stat.S_IMODE((tmp_path / "a").stat().st_mode)


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """An editor's list may be a link into another folder."""
    real = tmp_path / "real.opml"
    real.write_bytes(b"one")
    real.chmod(0o640)
    link = tmp_path / "link.opml"
    link.symlink_to(real)
    assert replace_file(link, b"two")
    assert (True, b"two", 0o640) == (link.is_symlink(), real.read_bytes(), stat.S_IMODE(real.stat().st_mode))


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """A folder can't be replaced by a file; nothing half-made stays behind."""
    (tmp_path / "news" / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        replace_file(tmp_path / "news", b"one")
    assert ["news"] == [path.name for path in tmp_path.iterdir()]


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    """A file opened before goes on to hold what it held."""
    path = tmp_path / "news.json"
    replace_file(path, b"old" * 100_000)
    with path.open("rb") as reader:
        reader.read(10)
        replace_file(path, b"new")
        assert b"old" * 100_000 == b"oldoldoldo" + reader.read()
