"""Everything that can go wrong in `knowledge.stores`.

KnowledgeError
└── StoreError              passages cannot be kept or found
    ├── WrongDimension      vectors of another length than the store's
    ├── DuplicatePassage    ids that are there already, or twice in one call
    ├── UnknownPassage      ids that are not there
    ├── StoreDamaged        the store's files are not as they were written
    ├── OtherEncoder        the store was filled by another encoder
    ├── StoreUnreachable    no server answers
    └── MilvusMissing       the package for Milvus is not installed
"""

from collections.abc import Collection, Iterable

from knowledge.errors import KnowledgeError

_SHOWN = 5


class StoreError(KnowledgeError):
    """Root of this folder's errors; the message says what to do."""


class WrongDimension(StoreError):
    """Vectors of another length; `found` and `expected` are numbers of columns."""

    def __init__(self, found: int, expected: int) -> None:
        self.found, self.expected = found, expected
        super().__init__(
            f"The vectors have {found} columns, the store has {expected}: they come from another encoder. "
            "Build the index anew with this one: citydesk reindex --full"
        )


class DuplicatePassage(StoreError):
    """Ids that are there already; nothing was added."""

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__(f"Passages {_some(set(ids))} are in the store already: remove them before adding them again")


class UnknownPassage(StoreError):
    """Ids that are not in the store."""

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__(
            f"Passages {_some(set(ids))} are not in the store: it belongs to another index. "
            "Build the index anew: citydesk reindex --full"
        )


class StoreDamaged(StoreError):
    """Files that cannot be read."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"The passages in {place} cannot be read: {problem}. Build them anew: citydesk reindex --full")


class OtherEncoder(StoreError):
    """The store was filled by another encoder than the one that asks."""

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(
            f"The passages in {place} were encoded by {found or 'an unknown encoder'}, not by {expected}. Choose that "
            "encoder again (CITYDESK_ENCODER), or build the index anew: citydesk reindex --full"
        )


class StoreUnreachable(StoreError):
    """No answer from the server, or no access."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(
            f"Milvus at {place} cannot be used: {problem}. Check that it runs, and the address and access given for it"
        )


class MilvusMissing(StoreError):
    """pymilvus, or milvus-lite for a file, is not installed."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"Passages are to be kept in Milvus, but its package is missing ({problem}). Install pymilvus, and "
            "milvus-lite too for a file instead of a server"
        )


def _some(ids: Collection[int]) -> str:
    shown = ", ".join(map(str, sorted(ids)[:_SHOWN]))
    return f"{shown} and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else shown
