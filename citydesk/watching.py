"""`citydesk ingest --watch`: round after round until SIGTERM or Ctrl-C, one watcher at a time."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from citydesk.news import feed_specs, fetcher, index_news, one_at_a_time, parser
from citydesk.output import say
from citydesk.settings import Settings
from citydesk.sorting import sort_news
from citydesk.telling import telling
from citydesk.wiring import open_articles
from knowledge.errors import KnowledgeError
from knowledge.index.build import BuildReport
from news_ingest.deciding.schedule import due_at
from news_ingest.errors import IngestError
from news_ingest.fetching.fetcher import Fetcher
from news_ingest.ingest import Options, take_in
from news_ingest.parsing.parser import Parser
from news_ingest.results import IngestReport
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.districts import DistrictsError
from news_ingest.values import FeedSpec, FeedState
from news_ingest.watching import watch

Show = Callable[[IngestReport, BuildReport | None, str | None], None]


def watch_feeds(settings: Settings, feeds: Sequence[str], *, index: bool, show: Show) -> None:
    """Ask each feed when it is due, until asked to stop; the feeds that are under way are finished first.

    `feeds` are addresses or files; without any, those of content/feeds.opml, which is read anew for each round.
    Raises `IngestBusyError` when another process takes feeds in.
    """
    with one_at_a_time(settings, wait=0.0):  # another watch does not end by itself
        asyncio.run(_watch(settings, feeds, index=index, show=show))
    say("Stopped.")


async def _watch(settings: Settings, feeds: Sequence[str], *, index: bool, show: Show) -> None:
    stop = asyncio.Event()
    _stop_by_signals(stop)
    say("Watching the feeds; Ctrl-C ends it.")
    store = open_articles(settings)
    try:
        async with fetcher(settings) as source:
            with parser() as reading:
                rounds = _Rounds(settings, feeds, index, show, store, source, reading, stop)
                await watch(rounds.take_one, stop, tell=lambda error: say(f"citydesk: {error}"), expected=IngestError)
    finally:
        store.close()


def _stop_by_signals(stop: asyncio.Event) -> None:
    """The first signal asks to stop, the second ends the process as if nobody had ever listened: at any moment that
    loses nothing, and a shell sees the exit status that it expects (130 or 143)."""
    loop, numbers = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)

    def asked() -> None:
        stop.set()
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        say("Stopping once the feeds under way are done; Ctrl-C again ends at once.")

    for number in numbers:
        loop.add_signal_handler(number, asked)


@dataclass(slots=True)
class _Rounds:
    """One round after the other, and what each knows of those before."""

    settings: Settings
    feeds: Sequence[str]
    index: bool
    show: Show
    store: ArticleStore
    source: Fetcher
    reading: Parser
    stop: asyncio.Event
    _refused: int | None = None
    """The mark of what the index would not take: it is tried again only with something new."""
    _slip: str = ""
    """What kept the last round from sorting: an editor is told once, not once a minute."""

    async def take_one(self, now: datetime) -> datetime | None:
        """Take in what is due; when the next feed is. Once a stop is asked for, what is left is the next run's."""
        specs = feed_specs(self.settings, self.feeds)
        options = Options(due_only=True)
        report = await take_in(
            specs, self.store, self.source, telling(say), parser=self.reading, options=options, now=now, stop=self.stop
        )
        if not self.stop.is_set():
            await asyncio.to_thread(self._sort)
        pending = self.store.pending()
        if self.index and pending and pending.mark != self._refused and not self.stop.is_set():
            taken = await asyncio.to_thread(self._take_into_index, report)
            self._refused = None if taken else pending.mark
        elif report.results:
            self.show(report, None, None)
        if self.stop.is_set() and pending:
            say("What came in is stored; the next run does the rest.")
        return self._next_due(specs, now)

    def _sort(self) -> None:
        slip = ""
        try:
            sort_news(self.settings, self.store, say)
        except (KnowledgeError, DistrictsError) as error:  # an editor's slip is no reason to stop: it will be mended
            slip = str(error)
        if slip and slip != self._slip:
            say(f"citydesk: Until this is mended, news is stored but not sorted into subjects and stories. {slip}")
        self._slip = slip

    def _take_into_index(self, report: IngestReport) -> bool:
        """Whether the index has taken in what came."""
        try:
            self.show(report, index_news(self.settings, say), None)
        except KnowledgeError as error:
            self.show(report, None, str(error))
            return False
        return True

    def _next_due(self, specs: Sequence[FeedSpec], now: datetime) -> datetime | None:
        states = self.store.states([spec.url for spec in specs])
        dues = [due_at(states.get(spec.url, FeedState()).standing, now) for spec in specs]
        return min((due for due in dues if due is not None), default=None)
