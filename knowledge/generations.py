"""Index generations on disk: built aside, made durable, switched by one rename.

    index/CURRENT                 the name of the generation in force, one line
    index/<generation>/manifest.json, documents.jsonl, passages.jsonl, vectors.faiss, lexical/

A generation never changes once CURRENT has named it. Readers look at CURRENT and load what it names.
"""

import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import IndexCorrupt, IndexMissing

POINTER = "CURRENT"
MANIFEST = "manifest.json"
KEPT = 3
"""Generations that stay on disk: the one in force and those before it."""


_NAME = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of. `inputs` is a checksum over documents, encoder and analyser; `files` maps
    each file's path below the generation to its SHA-256."""

    generation: str
    parent: str | None
    created: float
    inputs: str
    encoder: str
    encoder_checksum: str
    analyser: str
    documents: int
    passages: int
    files: dict[str, str]


_MANIFEST = TypeAdapter(Manifest)


def new_folder(root: Path) -> Path:
    """An empty folder for a generation that is being built; its name sorts by time."""
    root.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    # Numbers are never used again, so that the name of a later build within the same second sorts later.
    taken = [int(path.name.rsplit("-", 1)[1]) for path in root.glob(f"{stamp}-[0-9][0-9][0-9]")]
    for number in range(max(taken, default=-1) + 1, 1000):
        folder = root / f"{stamp}-{number:03d}"
        try:
            folder.mkdir()
            return folder
        except FileExistsError:
            continue
    raise OSError(f"more than 1000 index builds within one second in {root}")


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder` but the manifest and tantivy's lock files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = [path for path in paths if path.name != MANIFEST and not path.name.endswith(".lock")]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def publish(root: Path, folder: Path, manifest: Manifest) -> None:
    """Write the manifest, flush everything to the disk, then point CURRENT at `folder` in one rename."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    for path in [*folder.rglob("*"), folder]:
        _fsync(path)
    pointer = root / f"{POINTER}.{os.getpid()}"
    pointer.write_text(folder.name + "\n", encoding="utf-8")
    _fsync(pointer)
    os.replace(pointer, root / POINTER)
    _fsync(root)
    _prune(root, keep=folder.name)


def current(root: Path) -> Path:
    """The folder of the generation in force. Raises `IndexMissing`, or `IndexCorrupt` if CURRENT names nothing."""
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(root) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt(root, f"{POINTER} cannot be read ({error})") from error
    if not _NAME.fullmatch(name) or not (root / name).is_dir():
        raise IndexCorrupt(root, f"{POINTER} names {name[:40]!r}, which is not there")
    return root / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises `IndexCorrupt` when it is missing or not as written."""
    try:
        return _MANIFEST.validate_json((folder / MANIFEST).read_bytes(), strict=True)
    except (OSError, ValueError) as error:  # pydantic's ValidationError is a ValueError
        raise IndexCorrupt(folder, f"{MANIFEST} cannot be read ({error})") from error


def verify(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum; raises `IndexCorrupt` naming the first that differs."""
    found = checksums(folder)
    for name, checksum in manifest.files.items():
        if name not in found:
            raise IndexCorrupt(folder, f"{name} is missing")
        if found[name] != checksum:
            raise IndexCorrupt(folder, f"{name} differs from what was written")


def _prune(root: Path, keep: str) -> None:
    """Drop the oldest finished generations; unfinished ones may belong to a build that still runs."""
    finished = sorted(path.parent for path in root.glob(f"*/{MANIFEST}"))
    for folder in finished[:-KEPT]:
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
