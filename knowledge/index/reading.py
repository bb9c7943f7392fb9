"""The generation in force, as a process that serves sees it: followed as CURRENT changes, never a damaged one."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt, IndexMismatch, IndexProblem
from knowledge.index import generations
from knowledge.index.files import signature
from knowledge.index.opening import Generation, SegmentCache, open_generation

_log = logging.getLogger(__name__)
_TRIES = 3


class GenerationReader:
    """Holds one generation open. Safe to use from several threads."""

    def __init__(self, root: Path, encoder: Encoder) -> None:
        self._root, self._encoder = root, encoder
        self._lock = threading.Lock()
        self._cache = SegmentCache()
        self._loaded: Generation | None = None
        self._seen: tuple[int, int, int] | None = None

    def current(self) -> Generation:
        """The generation that CURRENT names, or the best there is instead.

        A new one that turns out damaged is passed over while an older one is in memory; else the latest whole one on
        disk serves, those before the damaged one first. Raises `IndexMissing`, `IndexCorrupt` or `IndexMismatch` when
        there is nothing to fall back on. While one thread loads, the others go on with what was loaded before.
        """
        if not self._lock.acquire(blocking=self._loaded is None):
            assert self._loaded is not None
            return self._loaded
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> Generation:
        loaded = self._loaded
        for _ in range(_TRIES):
            seen = signature(self._root / generations.POINTER)
            if loaded is None or seen != self._seen:
                loaded = self._loaded = self._load()
                self._seen = seen
            if seen == signature(self._root / generations.POINTER):
                break  # else switched meanwhile, and what was named may have been dropped already
        assert loaded is not None
        return loaded

    def _load(self) -> Generation:
        try:
            return self._open(generations.current(self._root))
        except IndexProblem as error:
            if self._loaded is not None:
                _log.warning("Generation %s goes on to serve. %s", self._loaded.manifest.generation, error)
                return self._loaded
            if isinstance(error, IndexMismatch) or not isinstance(error, IndexCorrupt):
                raise
            found = next(self._others(), None)
            if found is None:
                raise
            _log.warning("Generation %s serves instead. %s", found.manifest.generation, error)
            return found

    def _others(self) -> Iterator[Generation]:
        """Whole generations beside the one in force: those before it, latest first, then those after it."""
        try:
            damaged = generations.current(self._root).name
        except IndexProblem:
            return  # CURRENT itself is damaged: nobody knows what was in force
        kept = [folder for folder in reversed(generations.kept(self._root)) if folder.name != damaged]
        for folder in sorted(kept, key=lambda folder: folder.name > damaged):
            try:
                yield self._open(folder)
            except IndexProblem:
                continue

    def _open(self, folder: Path) -> Generation:
        generation = open_generation(folder, self._cache, self._encoder)
        self._cache.keep_only(generation.manifest)
        return generation
