"""Golden pairs: each feed in tests/data/feeds must give exactly what the JSON file beside it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from news_ingest.parsing.parse import parse_feed
from news_ingest.values import ParsedFeed, Retrieved

FEEDS = Path(__file__).parents[3] / "data" / "feeds"
URL = "https://city.example/feed/all.xml"


def as_json(feed: ParsedFeed) -> dict[str, Any]:
    return {
        "title": feed.title,
        "language": feed.language,
        "truncated": feed.truncated,
        "warnings": list(feed.warnings),
        "entries": [
            {
                "guid": entry.guid,
                "url": entry.url,
                "title": entry.title,
                "text": entry.text,
                "language": entry.language,
                "published": entry.published.isoformat() if entry.published else None,
            }
            for entry in feed.entries
        ],
    }


def test_there_are_golden_pairs() -> None:
    """Each feed has its expectation, and each expectation its feed."""
    names = {path.stem for path in FEEDS.glob("*.xml")}
    assert len(names) >= 12
    assert names == {path.stem for path in FEEDS.glob("*.json")}


@pytest.mark.parametrize("name", sorted(path.stem for path in FEEDS.glob("*.xml")))
def test_feed_gives_what_is_expected(name: str) -> None:
    """Entries, languages, dates, warnings: all of it."""
    feed = parse_feed(Retrieved(URL, (FEEDS / f"{name}.xml").read_bytes()))
    assert json.loads((FEEDS / f"{name}.json").read_text("utf-8")) == as_json(feed)


@pytest.mark.parametrize(
    ("whole", "cut"), [("rss20", "truncated-rss"), ("atom", "truncated-in-a-character"), ("big5", "truncated-big5")]
)
def test_whole_entries_of_a_cut_feed_are_the_same_as_ever(whole: str, cut: str) -> None:
    """A cut must not make the entries before it look changed."""
    full = parse_feed(Retrieved(URL, (FEEDS / f"{whole}.xml").read_bytes()))
    part = parse_feed(Retrieved(URL, (FEEDS / f"{cut}.xml").read_bytes()))
    assert full.entries[:1] == part.entries
