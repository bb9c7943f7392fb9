"""Take feeds in: fetch, parse, decide, store. One feed's failure costs nothing but itself."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from news_ingest.deciding.decide import decide
from news_ingest.errors import ErrorKind, IngestError, StoreError
from news_ingest.fetching.retrieve import Retriever
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.parse import parse_feed
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, FeedState, NotModified, Retrieved

_AT_ONCE = 4

FeedStatus = Literal["taken", "not_modified", "failed"]
Progress = Callable[["FeedResult", int, int], None]
"""Called after each feed with its result, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What came of one feed. `error_kind` is `unreachable` where network or server did not give it."""

    spec: FeedSpec
    status: FeedStatus
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None
    error_kind: ErrorKind | None = None

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
    def failed(self) -> tuple[FeedResult, ...]:
        """The feeds that were not taken in."""
        return tuple(result for result in self.results if result.status == "failed")

    @property
    def ok(self) -> bool:
        """Whether the run is a success: feeds out of reach are forgiven as long as another one came in."""
        failed = self.failed
        return all(result.not_reachable for result in failed) and (not failed or len(failed) < len(self.results))


def ingest(
    specs: Sequence[FeedSpec],
    store: ArticleStore,
    retriever: Retriever,
    on_progress: Progress | None = None,
    *,
    zone: tzinfo = DEFAULT_ZONE,
    now: datetime | None = None,
) -> IngestReport:
    """Fetch the feeds (a few at once) and store each in one transaction, in the given order.

    A second run over the same feeds finds everything unchanged. `zone` is for dates without one, `now` the
    time to note. An `IngestError` ends up in the report; any other is a fault in the program and is raised.
    """
    moment = now or datetime.now(UTC)
    results: list[FeedResult] = []
    with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="feeds") as pool:
        fetched = [pool.submit(_fetch, spec, store, retriever) for spec in specs]
        try:
            for spec, future in zip(specs, fetched, strict=True):
                results.append(_take(spec, future, store, zone, moment))
                if on_progress is not None:
                    on_progress(results[-1], len(results), len(specs))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return IngestReport(tuple(results))


def _fetch(spec: FeedSpec, store: ArticleStore, retriever: Retriever) -> tuple[FeedState, Retrieved | NotModified]:
    state = store.state(spec.url)
    return state, retriever.retrieve(spec.location, state.etag, state.modified)


def _take(
    spec: FeedSpec,
    fetched: Future[tuple[FeedState, Retrieved | NotModified]],
    store: ArticleStore,
    zone: tzinfo,
    now: datetime,
) -> FeedResult:
    try:
        state, got = fetched.result()
        if isinstance(got, NotModified):
            store.record_unmodified(spec, now)
            return FeedResult(spec, "not_modified", unchanged=len(state.digests))
        return _store(spec, state, got, store, zone, now)
    except IngestError as error:
        return _failure(spec, error, store, now)


def _store(
    spec: FeedSpec, state: FeedState, got: Retrieved, store: ArticleStore, zone: tzinfo, now: datetime
) -> FeedResult:
    parsed = parse_feed(got, spec, zone)
    decision = decide(state.digests, parsed.entries)
    # With the validators of a feed that was cut off, the missing part would never be asked for again.
    etag, modified = (None, None) if parsed.truncated else (got.etag, got.modified)
    store.save(spec, parsed, decision, etag=etag, modified=modified, now=now)
    return FeedResult(spec, "taken", len(decision.new), len(decision.changed), len(decision.unchanged), parsed.warnings)


def _failure(spec: FeedSpec, error: IngestError, store: ArticleStore, now: datetime) -> FeedResult:
    warnings: tuple[str, ...] = ()
    try:
        store.record_failure(spec, str(error), now)
    except StoreError as second:
        warnings = (f"the failure could not be noted: {second}",)
    return FeedResult(spec, "failed", warnings=warnings, error=str(error), error_kind=error.kind)
