"""Files of an index: written durably, shared between generations by hard links, checked against their records."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from knowledge.errors import IndexCorrupt
from knowledge.index.manifest import MANIFEST, FileRecord

SMALL = 1 << 20
"""Bytes up to which a file is hashed whenever a generation is opened; larger ones once in a process."""

Link = Callable[[Path, Path], None]

_proven: set[tuple[int, int, int, int, str]] = set()
"""Large files that this process has hashed: device, inode, size, time of change, checksum."""


def write_atomically(path: Path, text: str) -> None:
    """Replace `path` by `text`, durable on return: a reader sees the old text or the new one, never a part."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        aside.write_text(text, encoding="utf-8")
        fsync(aside)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    fsync(path.parent)


def remove_unfinished(path: Path) -> None:
    """Remove what a killed `write_atomically` of `path` has left; only where nobody else can be writing it."""
    for left in path.parent.glob(f"{path.name}.*.new"):
        left.unlink(missing_ok=True)


def fsync(path: Path) -> None:
    """Flush a file or a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def signature(path: Path) -> tuple[int, int, int] | None:
    """Changes whenever the file is replaced; None when there is none."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def share_tree(source: Path, target: Path, *, symbolic: bool = False, link: Link = os.link) -> None:
    """The files below `source` once more below `target`: as hard links, or as copies where there can be none.

    `symbolic` makes links by name instead of copies, for a target that does not outlive its source. Lock files stay
    behind: they belong to whoever holds them. `link` makes a hard link, and raises `OSError` where there can be none.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in files_below(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        _share(path, place, symbolic=symbolic, link=link)


def _share(path: Path, place: Path, *, symbolic: bool, link: Link) -> None:
    try:
        link(path, place)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES):
            raise
        if symbolic:
            place.symlink_to(path.resolve())
        else:
            shutil.copyfile(path, place)


def files_below(folder: Path) -> list[Path]:
    """Every file below `folder` that a manifest records: all but the manifest itself and lock files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in paths if path.name != MANIFEST and not path.name.endswith(".lock")]


def records(folder: Path, parent: Path | None, known: Mapping[str, FileRecord]) -> dict[str, FileRecord]:
    """Size and SHA-256 of every file below `folder`.

    A large file that is the very one of `parent` (a hard link) keeps the record in `known` and is not read again.
    """
    found: dict[str, FileRecord] = {}
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        record = known.get(name)
        if record is None or parent is None or not _is_same_large_file(path, parent / name, record):
            record = FileRecord(checksum(path), path.stat().st_size)
        found[name] = record
    return found


def flush(folder: Path, parent: Path | None) -> None:
    """Make every file and folder below `folder` durable, but not again what `parent` holds too."""
    for path in [*folder.rglob("*"), folder]:
        if parent is None or path.is_dir() or not _same_file(path, parent / path.relative_to(folder)):
            fsync(path)


def verify(folder: Path, expected: Mapping[str, FileRecord], *, large: bool = True) -> None:
    """Compare files with their records; raises `IndexCorrupt` naming the first that differs.

    Sizes and small files are always compared; large ones (unless `large` is false: not at all) are hashed once in a
    process, and again only when the file has changed.
    """
    for name, record in expected.items():
        path = folder / name
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, record.sha256)
            wanted = status.st_size <= SMALL or (large and key not in _proven)
            if status.st_size != record.size or (wanted and checksum(path) != record.sha256):
                raise IndexCorrupt(folder, f"{name} differs from what was written")
        except (FileNotFoundError, NotADirectoryError):
            raise IndexCorrupt(folder, f"{name} is missing") from None
        except OSError as error:
            raise IndexCorrupt(folder, f"{name} cannot be read ({error.strerror or error})") from error
        if wanted and status.st_size > SMALL:
            _proven.add(key)


def forget(paths: Iterable[Path]) -> None:
    """Have these files hashed again by the next `verify`, whatever this process has seen of them."""
    inodes = {(path.stat().st_dev, path.stat().st_ino) for path in paths if path.exists()}
    _proven.difference_update([key for key in _proven if key[:2] in inodes])


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_same_large_file(path: Path, other: Path, record: FileRecord) -> bool:
    return path.stat().st_size == record.size > SMALL and _same_file(path, other)


def _same_file(path: Path, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except (FileNotFoundError, NotADirectoryError):
        return False
