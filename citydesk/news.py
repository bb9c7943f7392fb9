"""The parts of the news service put together: feeds in, sorted into stories and subjects, articles to the index."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from citydesk.errors import IngestBusyError
from citydesk.settings import Settings
from citydesk.sorting import sort_news
from citydesk.telling import telling
from citydesk.wiring import Say, build_index, open_articles
from knowledge.errors import IndexBusy
from knowledge.index.build import BuildReport
from knowledge.index.locking import exclusive
from knowledge.index.slack import give_back
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import Options, ingest
from news_ingest.opml import read_opml, select_feeds
from news_ingest.parsing.pool import ParserPool
from news_ingest.results import IngestReport
from news_ingest.values import FeedSpec

FEEDS = "feeds.opml"
LOCK = "ingest.lock"
_PATIENCE = 60.0
"""Seconds that one taking in waits for another: a round takes no longer."""


def fetcher(settings: Settings) -> HttpFetcher:
    """Asks feeds' servers as the operator's settings say."""
    return HttpFetcher(
        timeout=settings.feed_timeout,
        contact=settings.feed_contact,
        robots=settings.feed_robots,
        allow_private=settings.feed_allow_private,
        allowed_networks=[one.strip() for one in settings.feed_networks.split(",") if one.strip()],
    )


def parser() -> ParserPool:
    """Reads feeds and pages in processes of its own."""
    return ParserPool()


def feed_specs(settings: Settings, feeds: Sequence[str]) -> list[FeedSpec]:
    """`feeds` (addresses or files), or all of content/feeds.opml when none are named.

    What is named keeps the title and settings that the list gives it, where there is a list and it stands there.
    """
    path = settings.content_dir / FEEDS
    if not feeds:
        return read_opml(path)
    return select_feeds(read_opml(path) if path.exists() else [], feeds)


def run_ingest(settings: Settings, feeds: Sequence[str], say: Say, *, retry: bool = False) -> IngestReport:
    """Take in `feeds`, or all of content/feeds.opml when none are named, and find out which tell the same story."""
    store = open_articles(settings)
    try:
        with parser() as reading:
            specs = feed_specs(settings, feeds)
            report = ingest(specs, store, fetcher(settings), telling(say), parser=reading, options=Options(retry=retry))
        give_back()
        sort_news(settings, store, say)
        give_back()
        return report
    finally:
        store.close()


def index_news(settings: Settings, say: Say) -> BuildReport | None:
    """Index what came in; None where the index has taken all of it in already."""
    store = open_articles(settings)
    try:
        pending = store.pending()
        built = build_index(settings, say)
        store.drained(pending.mark)
        return built
    finally:
        store.close()


@contextmanager
def one_at_a_time(settings: Settings, wait: float = _PATIENCE) -> Iterator[None]:
    """Hold the right to take feeds in. Raises `IngestBusyError` when another process has it for longer than `wait`."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(settings.home / LOCK, wait))
        except IndexBusy as error:
            raise IngestBusyError(error.holder) from None
        yield
