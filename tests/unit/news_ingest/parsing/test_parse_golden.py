"""Golden pairs: each feed in tests/data/feeds must give exactly what the JSON file beside it says.

Feeds in XML end in `.xml`, those in JSON in `.feed`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from news_ingest.parsing.parse import parse_feed
from news_ingest.values import ParsedEntry, ParsedFeed, Retrieved

FEEDS = Path(__file__).parents[3] / "data" / "feeds"
PATHS = sorted((*FEEDS.glob("*.xml"), *FEEDS.glob("*.feed")))
URL = "https://city.example/feed/all.xml"


def as_json(feed: ParsedFeed) -> dict[str, Any]:
    return {
        "title": feed.title,
        "language": feed.language,
        "truncated": feed.truncated,
        "warnings": list(feed.warnings),
        **({"interval_minutes": feed.interval.total_seconds() / 60} if feed.interval else {}),
        "entries": [entry_as_json(entry) for entry in feed.entries],
    }


def entry_as_json(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "text": entry.text,
        "language": entry.language,
        "published": entry.published.isoformat() if entry.published else None,
        **({"made_up": True} if entry.made_up else {}),
        **({"stub": True} if entry.stub else {}),
    }


def test_there_are_golden_pairs() -> None:
    """Each feed has its expectation, and each expectation its feed."""
    names = [path.stem for path in PATHS]
    assert len(names) >= 20
    assert sorted(names) == sorted(path.stem for path in FEEDS.glob("*.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_feed_gives_what_is_expected(path: Path) -> None:
    """Entries, languages, dates, warnings: all of it."""
    feed = parse_feed(Retrieved(URL, path.read_bytes()))
    assert json.loads(path.with_suffix(".json").read_text("utf-8")) == as_json(feed)


@pytest.mark.parametrize(
    ("whole", "cut"),
    [
        ("rss20.xml", "truncated-rss.xml"),
        ("atom.xml", "truncated-in-a-character.xml"),
        ("big5.xml", "truncated-big5.xml"),
        ("json-feed-11.feed", "truncated-json-feed.feed"),
        ("taipei-news.feed", "truncated-taipei.feed"),
    ],
)
def test_whole_entries_of_a_cut_feed_are_the_same_as_ever(whole: str, cut: str) -> None:
    """A cut must not make the entries before it look changed."""
    full = parse_feed(Retrieved(URL, (FEEDS / whole).read_bytes()))
    part = parse_feed(Retrieved(URL, (FEEDS / cut).read_bytes()))
    assert full.entries[:1] == part.entries
    assert part.truncated
