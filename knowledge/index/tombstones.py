"""Documents hidden by hand: gone from search at once, whatever generation is in force, until shown again.

    index/tombstones.json      {"hidden": {"news:0123456789abcdef": 1764000000.0, …}}  id → when, seconds since 1970

They live outside generations, so that neither a rollback nor a reindex brings a hidden document back.
"""

import json
import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import TombstonesUnreadable
from knowledge.index.files import remove_unfinished, signature, write_atomically
from knowledge.index.locking import exclusive

FILE = "tombstones.json"
_LOCK = "tombstones.lock"
_WAIT = 10.0

_log = logging.getLogger(__name__)
_HIDDEN = TypeAdapter(dict[str, dict[str, float]])


class Tombstones:
    """The hidden documents of the index in `root`. Safe to use from several threads and processes."""

    def __init__(self, root: Path) -> None:
        self._root, self._path = root, root / FILE
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int, int] | None, Mapping[str, float]] | None = None

    def hidden(self) -> Mapping[str, float]:
        """Hidden document ids and when each was hidden, read anew when the file has changed.

        What was read before goes on to hold while the file is damaged; where nothing was, this raises
        `TombstonesUnreadable`: to show what was hidden would be worse than to show nothing.
        """
        with self._lock:
            seen = signature(self._path)
            if self._read is None or self._read[0] != seen:
                try:
                    self._read = seen, self._load()
                except TombstonesUnreadable as error:
                    if self._read is None:
                        raise
                    _log.warning("%s Until then the list read before holds.", error)
                    self._read = seen, self._read[1]
            return self._read[1]

    def hide(self, document_id: str) -> bool:
        """Hide a document in all its languages; durable on return. False when it was hidden already."""
        return self._change(document_id, time.time())

    def unhide(self, document_id: str) -> bool:
        """Show a document again where the index in force holds it. False when it was not hidden."""
        return self._change(document_id, None)

    def _change(self, document_id: str, hidden_at: float | None) -> bool:
        with exclusive(self._root / _LOCK, _WAIT):
            remove_unfinished(self._path)
            hidden = dict(self._load())
            if (document_id in hidden) == (hidden_at is not None):
                return False
            if hidden_at is None:
                del hidden[document_id]
            else:
                hidden[document_id] = hidden_at
            write_atomically(self._path, json.dumps({"hidden": hidden}, ensure_ascii=True, indent=1) + "\n")
            return True

    def _load(self) -> dict[str, float]:
        try:
            return _HIDDEN.validate_json(self._path.read_bytes(), strict=True)["hidden"]
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, KeyError) as error:
            raise TombstonesUnreadable(self._path, str(error).partition("\n")[0]) from error
