"""`citydesk ingest --watch`: round after round until SIGTERM or Ctrl-C, one watcher at a time."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from datetime import datetime

from citydesk.news import feed_specs, fetcher, index_news, one_at_a_time, parser, sort_news, telling
from citydesk.output import say
from citydesk.settings import Settings
from citydesk.wiring import open_articles
from knowledge.errors import KnowledgeError
from knowledge.index.build import BuildReport
from news_ingest.deciding.schedule import due_at
from news_ingest.errors import IngestError
from news_ingest.ingest import IngestReport, Options, take_in
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedState
from news_ingest.watching import watch

Show = Callable[[IngestReport, BuildReport | None, str | None], None]


def watch_feeds(settings: Settings, feeds: Sequence[str], *, index: bool, show: Show) -> None:
    """Ask each feed when it is due, until asked to stop; a round that is under way is finished first.

    `feeds` are addresses or files; without any, those of content/feeds.opml, which is read anew for each round.
    Raises `IngestBusyError` when another process takes feeds in.
    """
    with one_at_a_time(settings, wait=0.0):  # another watch does not end by itself
        asyncio.run(_watch(settings, feeds, index=index, show=show))
    say("Stopped.")


async def _watch(settings: Settings, feeds: Sequence[str], *, index: bool, show: Show) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    say("Watching the feeds; Ctrl-C ends it.")
    store = open_articles(settings)
    try:
        async with fetcher(settings) as source:
            with parser() as reading:
                refused = None  # what the index would not take: it is tried again only with something new

                async def one_round(now: datetime) -> datetime | None:
                    nonlocal refused
                    specs = feed_specs(settings, feeds)
                    report = await take_in(
                        specs,
                        store,
                        source,
                        telling(say),
                        parser=reading,
                        options=Options(due_only=True),
                        now=now,
                        stop=stop,
                    )
                    await asyncio.to_thread(_sorted, settings, store)
                    pending = store.pending()
                    if index and pending and pending.mark != refused:
                        taken = await asyncio.to_thread(_indexed, settings, report, show)
                        refused = None if taken else pending.mark
                    elif report.results:
                        show(report, None, None)
                    states = store.states([spec.url for spec in specs])
                    dues = [due_at(states.get(spec.url, FeedState()).standing, now) for spec in specs]
                    return min((due for due in dues if due is not None), default=None)

                await watch(one_round, stop, tell=lambda error: say(f"citydesk: {error}"), expected=IngestError)
    finally:
        store.close()


def _sorted(settings: Settings, store: ArticleStore) -> None:
    try:
        sort_news(settings, store)
    except KnowledgeError as error:  # an editor's slip in the glossary is no reason to stop: the next round sorts them
        say(f"citydesk: What came in is stored, but not sorted into subjects and stories. {error}")


def _indexed(settings: Settings, report: IngestReport, show: Show) -> bool:
    """Whether the index has taken in what came."""
    try:
        show(report, index_news(settings, say), None)
    except KnowledgeError as error:
        show(report, None, str(error))
        return False
    return True
