"""Plain RSS is read without feedparser, and exactly as feedparser reads it; whatever leaves a doubt is left to it."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.feed_mutations import damage, steps
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.draft import Outline
from news_ingest.parsing.encodings import UTF8_XML, to_utf8
from news_ingest.parsing.entries import EntryReader
from news_ingest.parsing.plain_rss import outline_of_plain_rss
from news_ingest.parsing.xml_feed import outline_by_feedparser
from news_ingest.values import Retrieved
from tests.unit.news_ingest.parsing.test_parse_golden import PATHS

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "公車改道", "Bus &amp; tram", "<b>Bold</b> news", "<p>一</p><p>二</p>", "a < b > c", "&eacute;"),
            *("https://city.example/n?a=1&b=2", "https://city.example/n?a=1&amp;b=2", "https://city.example//x", "n-1"),
            *("http:///odd", "https://", "urn:uuid:1", "/news/1", "mailto:a@b.example", "https://city.example/新聞"),
            *("Tue, 03 Apr 2018 10:00:00 +0800", "Tue, 03 Apr 2018 10:00:00", "2018-04-03", "107/04/03", "soon"),
            *(
                "Tue, 33 Apr 2018 10:00:00 GMT",
                "zh-TW",
                "en",
                "30",
                "hourly",
                "caf\u00c3\u00a9",
                "\x85",
                "é",
                "x" * 400,
            ),
        ]
    ),
    st.text(max_size=20).filter(lambda text: all(c in "\t\n" or "\x20" <= c < "\ud800" for c in text)),
)
IN_ITEM = ["title", "link", "description", "guid", "pubDate", "content:encoded", "category", "dc:creator", "author"]
RARE = ["source", "enclosure", "comments", "dc:date", "atom:updated", "image", "language", "madeup", "atom:link"]
IN_CHANNEL = ["title", "link", "language", "ttl", "sy:updatePeriod", "description", "image", "generator", "copyright"]
ATTRIBUTES = st.sampled_from(
    [
        {},
        {},
        {},
        {"isPermaLink": "false"},
        {"isPermaLink": "true"},
        {"xml:lang": "ja"},
        {"type": "html"},
        {"domain": "d"},
    ]
)


def elements(names: list[str], inner: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    """Some elements of these names, in any order."""
    element = st.builds(element_of, st.sampled_from(names), ATTRIBUTES, inner, st.booleans())
    return st.lists(element, max_size=most).map("".join)


def element_of(name: str, attributes: dict[str, str], inner: str, as_cdata: bool) -> str:
    fits = name == "guid" or not any(key == "isPermaLink" for key in attributes)
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items()) if fits else ""
    content = f"<![CDATA[{inner}]]>" if as_cdata and "]]>" not in inner else escape(inner)
    return f"<{name}{written}>{content}</{name}>"


ITEMS = st.lists(elements(IN_ITEM * 3 + RARE, TEXTS, 6).map(lambda inner: f"<item>{inner}</item>"), max_size=3)
CHANNELS = st.builds(
    lambda before, items, after: f"{HEAD}{before}{''.join(items)}{after}</channel></rss>",
    *(elements(IN_CHANNEL * 2 + RARE, TEXTS, 4), ITEMS, elements(IN_CHANNEL, TEXTS, 1)),
)
DAMAGED = st.builds(damage, st.sampled_from([path.read_bytes() for path in PATHS]), steps())


def reading(outline: Outline) -> dict[str, Any]:
    """All that comes of an outline."""
    reader = EntryReader(outline, [outline.language], DEFAULT_ZONE)
    entries = list(reader.read_all())
    about = (outline.title, outline.language or "", outline.home, outline.interval, outline.truncated, outline.warnings)
    return {"about": about, "entries": entries, "warnings": reader.warnings}


def check(body: bytes) -> bool:
    """Whether it was read without feedparser."""
    in_utf8 = to_utf8(body, None)
    retrieved = Retrieved("https://city.example/feed", in_utf8 or body, UTF8_XML if in_utf8 else None)
    plain = outline_of_plain_rss(retrieved)
    if plain is None:
        return False
    assert reading(outline_by_feedparser(retrieved, "feed")) == reading(plain)
    return True


@given(CHANNELS)
@settings(deadline=None, max_examples=400)
def test_read_as_feedparser_reads_it(feed: str) -> None:
    """Any elements with any text, in any order."""
    check(feed.encode())


@given(DAMAGED)
@settings(deadline=None, max_examples=200)
def test_damaged_feeds_too(body: bytes) -> None:
    """And those that are plain by accident."""
    check(body)


@pytest.mark.parametrize("name", ["rss20.xml", "intervals.xml", "missing.xml"])
def test_golden_feeds(name: str) -> None:
    """As whole files."""
    check(next(path for path in PATHS if path.name == name).read_bytes())


def test_usual_feeds_are_read_without_feedparser() -> None:
    """Else nothing would be gained."""
    item = (
        "<item><title>公車改道</title>"
        "<link>https://city.example/n?id=1&amp;p=2</link><guid isPermaLink='false'>n1</guid>"
        "<pubDate>Tue, 03 Apr 2018 10:00:00 +0800</pubDate><description>&lt;p&gt;施工期間改道。&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>施工期間改道行駛。</p>]]></content:encoded><category>交通</category></item>"
    )
    head = "<title>市政新聞</title><link>https://city.example/</link><language>zh-TW</language><ttl>60</ttl>"
    own = "<atom:link href='https://city.example/feed' rel='self' type='application/rss+xml'/>"
    assert check(f"{HEAD}{head}{own}{item}</channel></rss>".encode())
