"""The parts of the news service put together: feeds in, stories and subjects found, articles to the index."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from citydesk.errors import IngestBusyError
from citydesk.settings import Settings
from citydesk.wiring import Say, build_index, encoder, glossary, open_articles
from knowledge.encoder import Encoder, Vectors
from knowledge.errors import IndexBusy
from knowledge.index.build import BuildReport
from knowledge.index.locking import exclusive
from knowledge.text.analyser import fold
from knowledge.text.blank_spacy import spacy
from news_ingest.deciding.stories import Similarity
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import FeedResult, IngestReport, Options, Progress, ingest
from news_ingest.opml import read_opml, select_feeds
from news_ingest.parsing.pool import ParserPool
from news_ingest.stories import Tags, place
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.districts import read_districts
from news_ingest.subjects.tags import Tagger
from news_ingest.values import FeedSpec

DISTRICTS = "districts.yml"
LOCK = "ingest.lock"
_EVERYWHERE = ("taipei", "taiwan", "tainan")
"""Names that nearly every article of the city has: they tell nothing of what it is about."""
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
    """Reads feeds, many of them in processes of its own."""
    return ParserPool()


def tagger(settings: Settings) -> Tags:
    """Tags an article with the glossary's subjects and the city's districts that it names."""
    known = glossary(settings)
    names: dict[str, Mapping[str, Sequence[str]]] = {
        concept.id: concept.names for concept in (known.entries if known else ()) if concept.id not in _EVERYWHERE
    }
    not_meant = {}
    if (settings.content_dir / DISTRICTS).exists():
        for district in read_districts(settings.content_dir / DISTRICTS):
            names[district.id], not_meant[district.id] = district.names, district.elsewhere
    found = Tagger(names, spacy.blank("xx"), fold, not_meant)
    return lambda article: found.tags(article.title, article.text, article.language)


def feed_specs(settings: Settings, feeds: Sequence[str]) -> list[FeedSpec]:
    """`feeds` (addresses or files), or all of content/feeds.opml when none are named."""
    listed = read_opml(settings.content_dir / "feeds.opml")
    return select_feeds(listed, feeds) if feeds else listed


def run_ingest(settings: Settings, feeds: Sequence[str], say: Say, *, retry: bool = False) -> IngestReport:
    """Take in `feeds`, or all of content/feeds.opml when none are named, and find out which tell the same story."""
    store = open_articles(settings)
    try:
        with parser() as reading:
            specs = feed_specs(settings, feeds)
            report = ingest(specs, store, fetcher(settings), telling(say), parser=reading, options=Options(retry=retry))
        sort_news(settings, store)
        return report
    finally:
        store.close()


def sort_news(settings: Settings, store: ArticleStore) -> None:
    """Find out what the new articles are about, and which of them tell the same story."""
    if store.unplaced():
        place(store, tagger(settings), _Meaning(encoder(settings)), _EVERYWHERE)


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


def telling(say: Say) -> Progress:
    """Progress as lines for people: each feed with what came of it, and its warnings below."""

    def tell(result: FeedResult, done: int, total: int) -> None:
        say(f"[{done}/{total}] {_outcome(result)}")
        for warning in result.warnings:
            say(f"      {warning}")

    return tell


@contextmanager
def one_at_a_time(settings: Settings, wait: float = _PATIENCE) -> Iterator[None]:
    """Hold the right to take feeds in. Raises `IngestBusyError` when another process has it for longer than `wait`."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(settings.home / LOCK, wait))
        except IndexBusy as error:
            raise IngestBusyError(error.holder) from None
        yield


class _Meaning(Similarity):
    """Texts compared by the sentence encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See the port."""
        return self._encoder.encode(texts, "passage")


def _outcome(result: FeedResult) -> str:
    name = result.spec.title or result.spec.url
    if result.not_reachable and result.spec.title:  # a feed of the list; its reason is kept in the database
        return f"{name}: not reachable from here"
    if result.status == "failed":
        return str(result.error) if str(result.error).startswith(name) else f"{name}: {result.error}"
    if result.status == "not_modified":
        return f"{name}: nothing new"
    if result.status == "retired":
        return f"{name}: gone for good, as its server said; --retry asks all the same"
    if result.status == "waiting":
        until = f"{result.until:%Y-%m-%d %H:%M} UTC" if result.until else "later"
        return f"{name}: left alone until {until} after a failure; --retry asks at once"
    gone = f", {result.gone} no longer listed" if result.gone else ""
    return f"{name}: {result.new} new, {result.changed} changed, {result.unchanged} unchanged{gone}"
