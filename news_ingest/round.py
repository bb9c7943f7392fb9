"""What is done with each feed of a round: ask, read, decide, store, and note how it stands then."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from random import Random

from news_ingest.deciding.decide import decide
from news_ingest.deciding.schedule import Outcome, due_at
from news_ingest.deciding.standing import after
from news_ingest.errors import FeedForbidden, FeedGone, FeedUnreachable, IngestError, StoreError
from news_ingest.fetching.fetcher import Fetcher
from news_ingest.full_texts import with_full_texts
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.parser import Parser
from news_ingest.results import FeedResult
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.language import UNKNOWN, article_language
from news_ingest.values import FeedSpec, FeedStanding, FeedState, NotModified, ParsedFeed, Retrieved

_MISTYPED = ("not_found", "address_invalid", "is_directory")
_LANGUAGE_SAMPLE = 10
"""Entries, the first ones, by which the list's word for their language is tried: a third of a millisecond each."""
_TOGETHER = 100
"""Feeds without anything new that are noted in one transaction."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a round is done. `retry`: ask feeds too that are to be left alone after a failure, or are gone. `due_only`:
    leave out feeds that are not due yet. `zone` is for dates without one."""

    retry: bool = False
    due_only: bool = False
    zone: tzinfo = DEFAULT_ZONE


class Round:
    """One round over the feeds, begun at `now`."""

    def __init__(self, store: ArticleStore, fetcher: Fetcher, parser: Parser, options: Options, now: datetime) -> None:
        self._store, self._fetcher, self._parser = store, fetcher, parser
        self._options, self._now = options, now
        self._random = Random()
        self._states: Mapping[str, FeedState] = {}
        self._unmodified: list[tuple[FeedSpec, FeedStanding | None]] = []

    def choose(self, specs: Sequence[FeedSpec]) -> list[FeedSpec]:
        """Read how these feeds stand, all at once; those that are to be taken now."""
        self._states = self._store.states([spec.url for spec in specs])
        return [spec for spec in specs if not self._options.due_only or self._is_due(spec)]

    async def take(self, spec: FeedSpec) -> FeedResult:
        """All that is to be done with one feed."""
        state = self._state(spec)
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

    def _state(self, spec: FeedSpec) -> FeedState:
        return self._states.get(spec.url, FeedState())

    def _is_due(self, spec: FeedSpec) -> bool:
        return due_at(self._state(spec).standing, self._now) == self._now

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
        decision, missed = await with_full_texts(spec, decision, self._fetcher, self._parser)
        outcome = Outcome(
            "taken",
            new=len(decision.new),
            articles=len(known) + len(decision.new),
            published=tuple(entry.published for entry in parsed.entries if entry.published is not None),
            language=_language_of(spec, parsed),
            moved_to=got.moved_to,
            fresh_for=got.fresh_for,
            interval=parsed.interval,
            empty=not parsed.entries and not parsed.left_out,
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

    def _failed(self, spec: FeedSpec, state: FeedState, error: IngestError) -> FeedResult:
        warnings: tuple[str, ...] = ()
        if spec.url not in self._states and not spec.title and error.kind in _MISTYPED:
            # Named once at the command line and mistyped, it would stay among the feeds for good.
            return _failure(spec, error)
        try:
            standing = self._after(state.standing, _outcome_of(error))
            self._store.record_failure(spec, str(error), self._now, standing=standing)
        except StoreError as second:
            warnings = (f"the failure could not be noted: {second}",)
        return _failure(spec, error, warnings)

    def _after(self, standing: FeedStanding, outcome: Outcome) -> FeedStanding:
        return after(standing, outcome, self._now, self._random.random())


def _failure(spec: FeedSpec, error: IngestError, warnings: tuple[str, ...] = ()) -> FeedResult:
    return FeedResult(spec, "failed", warnings=warnings, error=str(error), error_kind=error.kind, problem=error.problem)


def _outcome_of(error: IngestError) -> Outcome:
    if isinstance(error, FeedGone):
        return Outcome("gone")
    if isinstance(error, FeedForbidden):
        return Outcome("forbidden")
    return Outcome("failed", retry_after=error.retry_after if isinstance(error, FeedUnreachable) else None)


def _language_of(spec: FeedSpec, parsed: ParsedFeed) -> str | None:
    """What most entries are in. The list's word is doubted only where texts surely say otherwise; what the feed says of
    itself is not held against it, as it is wrong so often."""
    if spec.language is None:
        return _most_common(entry.language for entry in parsed.entries) or parsed.language
    tried = parsed.entries[:_LANGUAGE_SAMPLE]
    return _most_common(article_language(spec.language, None, None, entry.title, entry.text) for entry in tried)


def _most_common(languages: Iterable[str]) -> str | None:
    counted = Counter(language for language in languages if language != UNKNOWN).most_common(1)
    return counted[0][0] if counted else None


def _of_emptiness(parsed: ParsedFeed, known: int) -> Iterator[str]:
    if known and not parsed.entries and not parsed.left_out:
        yield f"the feed came without any entry; the {known} articles that came from it before are kept"


def _of_moving(before: FeedStanding, standing: FeedStanding) -> Iterator[str]:
    if standing.location is not None and standing.location != before.location:
        yield f"the feed has moved for good and is now read from {standing.location}; the list may stay as it is"
