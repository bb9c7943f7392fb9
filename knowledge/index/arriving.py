"""The documents of a new segment, read one by one: those that are new or changed, then those that move from others."""

from collections.abc import Mapping, Sequence
from typing import overload

from knowledge.documents import Document
from knowledge.index.holds import Key
from knowledge.segments.segment import DocumentVectors, Segment


class Arriving(Sequence[Document]):
    """`fresh` documents, which `now` gives, and behind them those at a position in another segment."""

    def __init__(
        self, fresh: Sequence[Key], now: Mapping[Key, Document], moving: Sequence[tuple[Segment, int]], *, reuse: bool
    ) -> None:
        """`reuse`: the vectors of what moves are of the encoder in use."""
        self._fresh, self._now, self._moving, self._reuse = fresh, now, moving, reuse

    def __len__(self) -> int:
        return len(self._fresh) + len(self._moving)

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...

    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        if number < len(self._fresh):
            return self._now[self._fresh[number]]
        segment, position = self._moving[number - len(self._fresh)]
        return segment.documents[position]

    @property
    def keys(self) -> list[Key]:
        """Id and language of each; no document is read for it."""
        return [*self._fresh, *(segment.documents.keys[position] for segment, position in self._moving)]

    def vectors(self, position: int) -> DocumentVectors | None:
        """What encoding the document at `position` came to where it was before; None where it has to be encoded."""
        if not self._reuse or position < len(self._fresh):
            return None
        segment, place = self._moving[position - len(self._fresh)]
        return segment.vectors_of(place)
