"""One checksum over files and folders changes exactly when something that counts changes."""

from pathlib import Path

from citydesk.checksums import checksum, files_below


def tree(folder: Path) -> Path:
    (folder / "b").mkdir(parents=True)
    (folder / "a.yml").write_text("one", encoding="utf-8")
    (folder / "b" / "c.yml").write_text("two", encoding="utf-8")
    return folder


def test_the_same_content_gives_the_same_checksum_anywhere(tmp_path: Path) -> None:
    """A moved checkout must not train again."""
    assert checksum([tree(tmp_path / "here")]) == checksum([tree(tmp_path / "there")])


def test_content_names_and_new_files_count(tmp_path: Path) -> None:
    folder = tree(tmp_path / "data")
    seen = {checksum([folder])}
    (folder / "a.yml").write_text("One", encoding="utf-8")
    seen.add(checksum([folder]))
    (folder / "a.yml").rename(folder / "d.yml")
    seen.add(checksum([folder]))
    (folder / "e.yml").write_text("", encoding="utf-8")
    seen.add(checksum([folder]))
    assert len(seen) == 4


def test_caches_do_not_count(tmp_path: Path) -> None:
    folder = tree(tmp_path / "data")
    before = checksum([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert before == checksum([folder])


def test_a_missing_path_has_no_files(tmp_path: Path) -> None:
    assert files_below(tmp_path / "nothing") == []
