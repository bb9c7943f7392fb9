"""What came of a round over the feeds, feed by feed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from news_ingest.errors import ErrorKind
from news_ingest.values import FeedSpec

FeedStatus = Literal["taken", "not_modified", "failed", "waiting", "retired"]
Progress = Callable[["FeedResult", int, int], None]
"""Called after each feed with its result, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What came of one feed. `error_kind` is `unreachable` where network or server did not give it.

    `error` says where, what and what to do; `problem` what alone. `waiting`: it was not asked, as it failed and is to
    be left alone until `until`; `retired`: it is gone for good.
    """

    spec: FeedSpec
    status: FeedStatus
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None
    error_kind: ErrorKind | None = None
    problem: str | None = None
    until: datetime | None = None

    @property
    def not_reachable(self) -> bool:
        """Whether it failed only because the network or the server did not give it."""
        return self.error_kind == "unreachable"


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of all feeds, in the order in which they were given."""

    results: tuple[FeedResult, ...]

    @property
    def new(self) -> int:
        """Articles stored for the first time."""
        return sum(result.new for result in self.results)

    @property
    def changed(self) -> int:
        """Articles whose content differs from what was stored."""
        return sum(result.changed for result in self.results)

    @property
    def unchanged(self) -> int:
        """Articles that are as they were."""
        return sum(result.unchanged for result in self.results)

    @property
    def gone(self) -> int:
        """Articles that their feed no longer lists; they are kept."""
        return sum(result.gone for result in self.results)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        """The feeds that were not taken in."""
        return tuple(result for result in self.results if result.status == "failed")

    @property
    def ok(self) -> bool:
        """Whether the run is a success: feeds out of reach are forgiven as long as another one came in."""
        failed = self.failed
        return all(result.not_reachable for result in failed) and (not failed or len(failed) < len(self.results))
