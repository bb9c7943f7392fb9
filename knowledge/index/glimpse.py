"""A generation opened part by part, for a builder that has just written it: quick, as nothing is hashed once more."""

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

from knowledge.errors import IndexCorrupt
from knowledge.index.holds import Key
from knowledge.index.manifest import Manifest, read_manifest
from knowledge.index.opening import DAMAGE, Generation, SegmentCache
from knowledge.segments.lexical import LexicalIndex
from knowledge.segments.segment import Segment


class Glimpse:
    """Every part is opened when it is asked for, and raises `IndexCorrupt` where it cannot be read."""

    def __init__(self, folder: Path, cache: SegmentCache) -> None:
        """`cache` holds segments that other generations share."""
        self._folder, self._cache = folder, cache

    @cached_property
    def manifest(self) -> Manifest:
        return read_manifest(self._folder)

    @cached_property
    def lexical(self) -> LexicalIndex:
        try:
            return LexicalIndex.load(self._folder)
        except DAMAGE as error:
            raise IndexCorrupt(self._folder, f"the lexical index cannot be read ({error})") from error

    def holding(self, keys: Collection[Key]) -> Iterator[tuple[Segment, list[int]]]:
        """The segments that hold the documents in force of these ids and languages, and their positions in them.

        The newest segments are looked into first and no others than needed: what is new is in the last one.
        """
        missing = set(keys)
        for record in reversed(self.manifest.segments):
            if not missing:
                return
            segment, removed = self._cache.segment(self._folder, self.manifest, record), set(record.removed)
            here = [at for at, key in enumerate(segment.documents.keys) if key in missing and at not in removed]
            missing -= {segment.documents.keys[at] for at in here}
            if here:
                yield segment, here

    def whole(self) -> Generation:
        """All of it, as `open_generation` would give it."""
        segments = tuple(self._cache.segment(self._folder, self.manifest, one) for one in self.manifest.segments)
        removed = tuple(frozenset(record.removed) for record in self.manifest.segments)
        return Generation(self.manifest, segments, self.lexical, removed, self._folder)
