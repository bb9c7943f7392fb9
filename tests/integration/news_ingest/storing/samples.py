"""Entries and shortcuts that the tests of this folder share."""

from datetime import UTC, datetime

from news_ingest.deciding.decide import Decision
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, ParsedEntry, ParsedFeed

SPEC = FeedSpec("a", "a", "Feed A", sample=True)
PARSED = ParsedFeed("T", "en", ())
NOW = datetime(2018, 4, 5, 12, 30, 15, 123456, tzinfo=UTC)


def entry(
    guid: str, language: str = "en", published: datetime | None = NOW, title: str = "Title", text: str = "Text"
) -> ParsedEntry:
    """One of an English feed."""
    return ParsedEntry(guid, f"https://city.example/{guid}", title, text, language, published)


def save(store: ArticleStore, *entries: ParsedEntry, spec: FeedSpec = SPEC) -> None:
    """As new ones."""
    store.save(spec, PARSED, Decision(new=entries), etag="e", modified="m", now=NOW)


def change(store: ArticleStore, *entries: ParsedEntry, now: datetime = NOW) -> None:
    """As changed ones."""
    store.save(SPEC, PARSED, Decision(changed=entries), etag="e", modified="m", now=now)
