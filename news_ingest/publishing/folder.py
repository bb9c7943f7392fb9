"""The folder that is published to: files written there, and those of earlier runs that nobody wants any more."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path, PurePosixPath

from news_ingest.publishing.files import replace_file

RECORD = ".published.json"
"""Name of the file that says what was written here: relative name → sha256 of its bytes."""


class Folder:
    """One run's work on the folder. `written` and `unchanged` count the files so far. Methods raise `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._earlier = _recorded(path / RECORD)
        self._digests: dict[str, str] = {}
        self.written = 0

    @property
    def unchanged(self) -> int:
        """Files that stood there already as they are."""
        return len(self._digests) - self.written

    def write(self, name: str, data: bytes) -> None:
        """Put a file there whole; one that stays as it was is not touched."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written += replace_file(path, data)
        self._digests[name] = hashlib.sha256(data).hexdigest()

    def finish(self) -> int:
        """Remove what an earlier run wrote and this one did not, and note what is there now. How many were removed.

        A file that somebody has put there, or has changed since, is not ours and stays.
        """
        removed = sum(self._remove(name, self._earlier[name]) for name in self._earlier.keys() - self._digests.keys())
        record = json.dumps({"files": self._digests}, indent=0, sort_keys=True)
        replace_file(self._path / RECORD, record.encode())
        return removed

    def _remove(self, name: str, digest: str) -> bool:
        path = self._path / name
        if path.is_symlink() or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return False
        path.unlink()
        with suppress(OSError):  # others' files may be beside it
            path.parent.rmdir()
        return True


def _recorded(path: Path) -> dict[str, str]:
    """What an earlier run wrote; nothing where that is not known for certain."""
    try:
        files = json.loads(path.read_bytes())["files"]
        return {name: digest for name, digest in files.items() if _is_inside(name)}
    except (FileNotFoundError, NotADirectoryError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return len(path.parts) == 2 and ".." not in path.parts and not path.is_absolute()
