"""Take feeds in: fetch, parse, decide, store. One feed's failure costs nothing but itself."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Literal

from news_ingest.deciding.decide import Decision, decide
from news_ingest.deciding.schedule import Outcome, due_at
from news_ingest.deciding.standing import after
from news_ingest.errors import (
    ErrorKind,
    FeedError,
    FeedForbidden,
    FeedGone,
    FeedUnreachable,
    IngestError,
    StoreError,
)
from news_ingest.fetching.fetcher import Fetcher
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.fulltext import full_text
from news_ingest.parsing.pool import InlineParser, Parser
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.language import UNKNOWN
from news_ingest.values import FeedSpec, FeedStanding, FeedState, NotModified, ParsedFeed, Retrieved

AT_ONCE = 16
"""Feeds that are under way at the same time; the fetcher sees to it that no server is asked for many at once."""
_MISTYPED = ("not_found", "address_invalid", "is_directory")
MOST_PAGES = 20
"""Pages of articles that are read for one feed in one round."""
_TOGETHER = 100
"""Feeds without anything new that are noted in one transaction."""

FeedStatus = Literal["taken", "not_modified", "failed", "waiting", "retired"]
Progress = Callable[["FeedResult", int, int], None]
"""Called after each feed with its result, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What came of one feed. `error_kind` is `unreachable` where network or server did not give it.

    `waiting`: it was not asked, as it failed and is to be left alone until `until`; `retired`: it is gone for good.
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


@dataclass(frozen=True, slots=True)
class Options:
    """How a round is done. `retry`: ask feeds too that are to be left alone after a failure, or are gone. `due_only`:
    leave out feeds that are not due yet. `zone` is for dates without one."""

    retry: bool = False
    due_only: bool = False
    zone: tzinfo = DEFAULT_ZONE


DEFAULT = Options()


def ingest(
    specs: Sequence[FeedSpec],
    store: ArticleStore,
    fetcher: Fetcher,
    on_progress: Progress | None = None,
    *,
    parser: Parser | None = None,
    options: Options = DEFAULT,
    now: datetime | None = None,
) -> IngestReport:
    """`take_in`, for callers without an event loop; the fetcher is closed with it."""

    async def all_of_it() -> IngestReport:
        async with fetcher:
            return await take_in(specs, store, fetcher, on_progress, parser=parser, options=options, now=now)

    return asyncio.run(all_of_it())


async def take_in(
    specs: Sequence[FeedSpec],
    store: ArticleStore,
    fetcher: Fetcher,
    on_progress: Progress | None = None,
    *,
    parser: Parser | None = None,
    options: Options = DEFAULT,
    now: datetime | None = None,
    stop: asyncio.Event | None = None,
) -> IngestReport:
    """Fetch the feeds, several at once, and store each in one transaction as it comes.

    A second run over the same feeds finds everything unchanged. `now` is the time to note. Once `stop` is set no other
    feed is begun; those under way are finished, and only they are in the report. An `IngestError` ends up in the
    report; any other is a fault in the program and is raised.
    """
    one_round = _Round(store, fetcher, parser or InlineParser(), options, now or datetime.now(UTC))
    one_round.look_up(specs)
    results: dict[int, FeedResult] = {}
    numbered = iter(list(enumerate(specs)))

    async def worker() -> None:
        for number, spec in numbered:
            if stop is not None and stop.is_set():
                return
            result = await one_round.take(spec)
            if result is None:
                continue
            results[number] = result
            if on_progress is not None:
                on_progress(result, len(results), len(specs))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(specs))):
                group.create_task(worker())
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    finally:
        one_round.note_unmodified()
    return IngestReport(tuple(results[number] for number in sorted(results)))


class _Round:
    """One round over the feeds, begun at `now`."""

    def __init__(self, store: ArticleStore, fetcher: Fetcher, parser: Parser, options: Options, now: datetime) -> None:
        self._store, self._fetcher, self._parser = store, fetcher, parser
        self._options, self._now = options, now
        self._random = Random()
        self._states: Mapping[str, FeedState] = {}
        self._unmodified: list[tuple[FeedSpec, FeedStanding | None]] = []

    def look_up(self, specs: Sequence[FeedSpec]) -> None:
        """Read how these feeds stand, all at once."""
        self._states = self._store.states([spec.url for spec in specs])

    async def take(self, spec: FeedSpec) -> FeedResult | None:
        """All that is to be done with one feed; None for one that is not due."""
        state = self._states.get(spec.url, FeedState())
        if self._options.due_only and due_at(state.standing, self._now) != self._now:
            return None
        kept_back = None if self._options.retry else self._kept_back(spec, state.standing)
        if kept_back is not None:
            return kept_back
        try:
            got = await self._fetcher.fetch(state.standing.location or spec.location, state.etag, state.modified)
            if isinstance(got, NotModified):
                return self._not_modified(spec, state, got)
            return await self._taken(spec, state, got)
        except IngestError as error:
            return self._failed(spec, state, error)

    def note_unmodified(self) -> None:
        """Write down the feeds that had nothing new, all in one transaction."""
        if self._unmodified:
            self._store.record_unmodified_many(self._unmodified, self._now)
            self._unmodified = []

    def _kept_back(self, spec: FeedSpec, standing: FeedStanding) -> FeedResult | None:
        """A feed that is to be left alone: one on the network that has failed, or that is gone for good."""
        if standing.retired:
            return FeedResult(spec, "retired")
        due = due_at(standing, self._now)
        remote = spec.location.lower().startswith(("http://", "https://"))
        if remote and standing.failures and due is not None and due > self._now:
            return FeedResult(spec, "waiting", until=due)
        return None

    def _not_modified(self, spec: FeedSpec, state: FeedState, got: NotModified) -> FeedResult:
        outcome = Outcome("not_modified", moved_to=got.moved_to, fresh_for=got.fresh_for)
        standing = self._after(state.standing, outcome)
        self._unmodified.append((spec, standing))
        if len(self._unmodified) >= _TOGETHER:
            self.note_unmodified()
        moved = tuple(_of_moving(state.standing, standing))
        return FeedResult(spec, "not_modified", unchanged=state.articles, warnings=moved)

    async def _taken(self, spec: FeedSpec, state: FeedState, got: Retrieved) -> FeedResult:
        parsed = await self._parser.parse(got, spec, self._options.zone)
        known = self._store.state(spec.url).known if state.articles else {}
        if not got.whole and not parsed.entries:
            problem = "the connection broke before the first entry had come"
            raise FeedUnreachable(spec.url, problem, "Try again later; if it stays so, tell the publisher")
        # What could not be read is not gone.
        decision = decide(known, parsed.entries, whole=not parsed.truncated and not parsed.left_out)
        decision, missed = await self._with_full_texts(spec, decision)
        outcome = Outcome(
            "taken",
            new=len(decision.new),
            articles=len(known) + len(decision.new),
            published=tuple(entry.published for entry in parsed.entries if entry.published is not None),
            language=_most_common(entry.language for entry in parsed.entries) or parsed.language,
            moved_to=got.moved_to,
            fresh_for=got.fresh_for,
            interval=parsed.interval,
        )
        # With the validators of a feed that was cut off, the missing part would never be asked for again.
        etag, modified = (None, None) if parsed.truncated else (got.etag, got.modified)
        standing = self._after(state.standing, outcome)
        self._store.save(spec, parsed, decision, etag=etag, modified=modified, now=self._now, standing=standing)
        return FeedResult(
            spec,
            "taken",
            new=len(decision.new),
            changed=len(decision.changed) + len(decision.renamed),
            unchanged=len(decision.unchanged),
            gone=len(decision.gone),
            warnings=(
                *parsed.warnings,
                *missed,
                *_of_emptiness(parsed, len(known)),
                *_of_moving(state.standing, standing),
            ),
        )

    async def _with_full_texts(self, spec: FeedSpec, decision: Decision) -> tuple[Decision, tuple[str, ...]]:
        """The new and changed entries with what their pages say, where the operator allows it and the feed gives an
        opening only; and the pages that could not be read."""
        if not spec.full_text:
            return decision, ()
        renamed = [entry for _, entry in decision.renamed]
        entries = [entry for entry in (*decision.new, *decision.changed, *renamed) if entry.stub and entry.url]
        texts, missed = dict[str, str](), list[str]()
        for entry in entries[:MOST_PAGES]:
            try:
                page = await self._fetcher.fetch(entry.url)
            except FeedError as error:
                missed.append(f"the page of “{entry.title[:60]}” could not be read ({error.problem})")
                continue
            found = full_text(page.body, page.url, page.content_type) if isinstance(page, Retrieved) else None
            if found and len(found) > len(entry.text):
                texts[entry.guid] = found
        filled = {
            heap: tuple(replace(one, full_text=texts.get(one.guid, "")) for one in getattr(decision, heap))
            for heap in ("new", "changed")
        }
        again = tuple((old, replace(one, full_text=texts.get(one.guid, ""))) for old, one in decision.renamed)
        return replace(decision, renamed=again, **filled), tuple(missed)

    def _failed(self, spec: FeedSpec, state: FeedState, error: IngestError) -> FeedResult:
        warnings: tuple[str, ...] = ()
        if spec.url not in self._states and not spec.title and error.kind in _MISTYPED:
            # Named once at the command line and mistyped, it would stay among the feeds for good.
            return FeedResult(spec, "failed", error=str(error), error_kind=error.kind)
        try:
            standing = self._after(state.standing, _outcome_of(error))
            self._store.record_failure(spec, str(error), self._now, standing=standing)
        except StoreError as second:
            warnings = (f"the failure could not be noted: {second}",)
        return FeedResult(spec, "failed", warnings=warnings, error=str(error), error_kind=error.kind)

    def _after(self, standing: FeedStanding, outcome: Outcome) -> FeedStanding:
        return after(standing, outcome, self._now, self._random.random())


def _outcome_of(error: IngestError) -> Outcome:
    if isinstance(error, FeedGone):
        return Outcome("gone")
    if isinstance(error, FeedForbidden):
        return Outcome("forbidden")
    return Outcome("failed", retry_after=error.retry_after if isinstance(error, FeedUnreachable) else None)


def _most_common(languages: Iterable[str]) -> str | None:
    counted = Counter(language for language in languages if language != UNKNOWN).most_common(1)
    return counted[0][0] if counted else None


def _of_emptiness(parsed: ParsedFeed, known: int) -> Iterator[str]:
    if known and not parsed.entries and not parsed.left_out:
        yield f"the feed came without any entry; the {known} articles that came from it before are kept"


def _of_moving(before: FeedStanding, standing: FeedStanding) -> Iterator[str]:
    if standing.location is not None and standing.location != before.location:
        yield f"the feed has moved for good and is now read from {standing.location}; the list may stay as it is"
