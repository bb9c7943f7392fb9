"""The port behind which everything is measured: passages in, numbers of passages out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class System(Protocol):
    """A search engine. Making one loads its libraries and models; nothing is indexed then."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        """Index `passages` (numbered from 0) in place of what was there; files go into `folder`, which is empty."""
        ...

    def save(self) -> None:
        """Put on disk what is not there yet, so that another process could answer from it."""
        ...

    def search(self, query: str, k: int) -> list[int]:
        """The numbers of at most `k` passages, best first."""
        ...

    def add(self, passage: str) -> None:
        """Make one more passage, numbered after the last one, searchable, in the cheapest way that there is."""
        ...
