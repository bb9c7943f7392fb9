"""Feeds to measure with: RSS 2.0 made of real press releases."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bench.ingest.errors import DataMissing

_TAIPEI = timezone(timedelta(hours=8))
_CHANGED = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Article:
    """A press release. `published` is a day, "2020-01-31"."""

    title: str
    text: str
    url: str
    published: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A document to serve, with what a server says of its version."""

    name: str
    body: bytes
    etag: str
    modified: str


def make_feeds(folder: Path, feeds: int, items: int) -> list[Feed]:
    """So many feeds of so many items each, no item twice, evenly over the press releases in `folder`.

    Raises `DataMissing` when there are none, or too few.
    """
    articles = list({article.url: article for article in _articles(folder)}.values())
    wanted = feeds * items
    if not articles:
        raise DataMissing(folder, "has no *.jsonl.gz")
    if len(articles) < wanted:
        raise DataMissing(folder, f"has {len(articles):,} articles, not {wanted:,}")
    chosen = [articles[number * len(articles) // wanted] for number in range(wanted)]
    return [render(f"feed-{number:04}.xml", chosen[number::feeds]) for number in range(feeds)]


def render(name: str, articles: Sequence[Article]) -> Feed:
    """An RSS 2.0 document as a city's website would serve it, the text escaped and otherwise as it is."""
    items = "".join(map(_item, articles))
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(name)}</title><link>http://127.0.0.1/</link><description>News</description>"
        f"<language>zh-tw</language>\n{items}</channel></rss>\n"
    ).encode()
    return Feed(name, body, f'"{hashlib.sha256(body).hexdigest()[:16]}"', format_datetime(_CHANGED, usegmt=True))


def _item(article: Article) -> str:
    day = format_datetime(datetime.fromisoformat(article.published).replace(tzinfo=_TAIPEI))
    url = escape(article.url)
    return (
        f"<item><title>{escape(article.title)}</title><link>{url}</link>"
        f'<guid isPermaLink="true">{url}</guid><pubDate>{day}</pubDate>'
        f"<description>{escape(article.text)}</description></item>\n"
    )


def _articles(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record["title"].strip() and record["content"].strip():
                    yield Article(record["title"], record["content"], record["url"], record["published"])
