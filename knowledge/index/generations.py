"""Index generations on disk: built aside, made durable, switched by one rename.

    index/CURRENT                      the name of the generation in force, one line
    index/<generation>/manifest.json   what it was made of
    index/<generation>/segments/<name>/, lexical/
    index/<generation>.building/       one that is being built, or was when its builder died
    index/spool/                       the documents that a builder has read
    index/build.lock, tombstones.json, holds.json

A generation never changes once it has its final name. Readers look at CURRENT and load what it names. Segments that a
generation shares with its parent are hard links to the same files.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.errors import IndexCorrupt, IndexMissing, IndexProblem
from knowledge.index import holds
from knowledge.index.files import fsync, remove_unfinished, write_atomically
from knowledge.index.manifest import MANIFEST, Manifest, read_manifest

POINTER = "CURRENT"
LEXICAL = "lexical"
SEGMENTS = "segments"
KEPT = 3
"""Generations that stay on disk: the one in force and those before it."""
Learn = Callable[[Path], None]
"""Writes what is learned from the content of a new generation, given its folder, into that folder."""


@dataclass(frozen=True, slots=True)
class Delta:
    """News that leads from the generation in the folder `base` to the next one, and nothing else does.

    `arrived` are id and language of documents that are new or changed, `left` of those that are changed or gone.
    """

    base: Path
    arrived: frozenset[holds.Key]
    left: frozenset[holds.Key]


class Gate(Protocol):
    """Looks at a whole new generation before readers see it."""

    def __call__(self, folder: Path, delta: Delta | None = None) -> list[str]:
        """What is wrong with the generation in `folder`, one line each.

        With a `delta`, only what that may have made worse is to be looked at, and costs no more than it.
        """


_BUILDING = ".building"
_SPOOL = "spool"
_NAME = re.compile(r"[0-9A-Za-z-]{1,64}")
_OURS = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9]{3}")


def new_folder(root: Path) -> Path:
    """An empty folder in which a generation is built; `name_of` tells its final name, which sorts by time."""
    root.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    # Numbers are never used again, so that the name of a later build within the same second sorts later.
    taken = [int(path.name[16:19]) for path in root.glob(f"{stamp}-[0-9][0-9][0-9]*")]
    number = max(taken, default=-1) + 1
    if number > 999:
        raise OSError(f"more than 1000 index builds within one second in {root}")
    folder = root / f"{stamp}-{number:03d}{_BUILDING}"
    folder.mkdir()
    return folder


@contextmanager
def spool(root: Path) -> Iterator[Path]:
    """A folder for what a builder puts down meanwhile. It goes with the block; where the builder died, with `clean`."""
    root.mkdir(parents=True, exist_ok=True)
    folder = root / _SPOOL
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def name_of(folder: Path) -> str:
    """The name that the generation built in `folder` has when it is done."""
    return folder.name.removesuffix(_BUILDING)


def finish(root: Path, folder: Path) -> Path:
    """Give a generation that is whole and durable its final name; it is not in force yet."""
    final = root / name_of(folder)
    folder.rename(final)
    fsync(root)
    return final


def switch(root: Path, name: str) -> None:
    """Point CURRENT at a generation, in one rename."""
    write_atomically(root / POINTER, name + "\n")


def current(root: Path) -> Path:
    """The folder of the generation in force. Raises `IndexMissing`, or `IndexCorrupt` if CURRENT names nothing."""
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(root) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt(root, f"{POINTER} cannot be read ({error})") from error
    if _OURS.fullmatch(name):
        return root / name  # where it is gone, whoever opens it says so, and may know another one
    if not _NAME.fullmatch(name) or not (root / name).is_dir():
        raise IndexCorrupt(root, f"{POINTER} names {name[:40]!r}, which is not there")
    return root / name


def kept(root: Path) -> list[Path]:
    """Folders of all finished generations, oldest first."""
    return sorted(path.parent for path in root.glob(f"*/{MANIFEST}") if _NAME.fullmatch(path.parent.name))


def kept_manifests(root: Path) -> list[Manifest]:
    """Manifests of the finished generations that can be read, oldest first."""
    found = []
    for folder in kept(root):
        try:
            found.append(read_manifest(folder))
        except IndexProblem:
            continue  # damaged, or of an earlier version: `verify` names it
    return found


def clean(root: Path) -> list[str]:
    """Remove what a builder that died has left; only for whoever holds the lock. Gives the names removed."""
    left = [path for path in root.glob("*") if path.is_dir() and _is_unfinished(path)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    for name in (POINTER, holds.FILE):  # written under the lock; the tombstones have one of their own
        remove_unfinished(root / name)
    return sorted(folder.name for folder in left)


def prune(root: Path, in_force: str, parent: str | None) -> None:
    """Drop the oldest generations beyond `KEPT`, never the one in force nor the one before it."""
    for folder in kept(root)[:-KEPT]:
        if folder.name not in (in_force, parent):
            shutil.rmtree(folder, ignore_errors=True)


def _is_unfinished(folder: Path) -> bool:
    if folder.name.endswith(_BUILDING) or folder.name == _SPOOL:
        return True
    return bool(_OURS.fullmatch(folder.name)) and not (folder / MANIFEST).exists()
