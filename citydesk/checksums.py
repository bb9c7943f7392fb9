"""One checksum over files and folders: the way to tell whether something has to be made again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

IGNORED_FOLDERS = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"})


def files_below(path: Path) -> list[Path]:
    """The files under `path` that count, in fixed order: itself, or all below but caches; none if missing"""
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and not IGNORED_FOLDERS & set(p.parts))


def checksum(paths: Iterable[Path]) -> str:
    """Hex SHA-256 over the names (below the given paths) and contents of all files under `paths`."""
    digest = hashlib.sha256()
    for given in paths:
        for path in files_below(given):
            name = path.relative_to(given).as_posix() if path != given else path.name
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return digest.hexdigest()
