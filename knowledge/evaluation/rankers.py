"""What is measured: an index of one set in a temporary folder, asked through the search that readers get."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexDiskFull
from knowledge.evaluation.errors import NoRoom
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.opening import open_generation
from knowledge.retrieval.ranking import Mode
from knowledge.retrieval.search import SearchIndex

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is."""


class Ranker(Protocol):
    """Anything that puts documents in order for a query."""

    def rank(self, query: str, k: int) -> list[str]:
        """Ids of at most `k` documents, best first, none twice."""
        ...


@dataclass(frozen=True, slots=True)
class BuiltSet:
    """A set that can be asked. `open` gives a ranker over the index as it is on the disk, with empty caches."""

    open: Callable[[Mode], Ranker]
    build_seconds: float


class IndexRanker:
    """The search of `knowledge`, in one of its modes."""

    def __init__(self, index: SearchIndex, mode: Mode) -> None:
        self._index, self._mode = index, mode

    def rank(self, query: str, k: int) -> list[str]:
        return [hit.id for hit in self._index.search(query, k, mode=self._mode)]


@contextmanager
def indexed(documents: Sequence[Document], encoder: Encoder, progress: Progress) -> Iterator[BuiltSet]:
    """Index `documents` in a temporary folder, which is gone when the block ends.

    Raises NoRoom when there is no such folder, or it cannot take the index.
    """
    begun = time.perf_counter()
    with ExitStack() as stack:
        try:
            root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="citydesk-eval-")))
            build_index(root, list(documents), encoder, progress=progress)
        except (OSError, IndexDiskFull) as error:
            raise NoRoom(error.__cause__ or error) from error
        seconds = time.perf_counter() - begun

        def open_ranker(mode: Mode) -> Ranker:
            # Loaded anew, so that what one mode has cached does not make the next one faster.
            generation = open_generation(generations.current(root), encoder=encoder)
            return IndexRanker(SearchIndex(generation, encoder), mode)

        yield BuiltSet(open_ranker, seconds)
