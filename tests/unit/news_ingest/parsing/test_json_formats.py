"""JSON Feed and the city's own JSON: what is told apart, survived and kept. Whole feeds: see the golden pairs."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.errors import FeedNotAFeed, FeedTooLarge, IngestError
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import ParsedFeed, Retrieved

URL = "https://city.example/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def parse(value: Any, content_type: str | None = "application/json", encoding: str = "utf-8") -> ParsedFeed:
    return parse_feed(Retrieved(URL, json.dumps(value, ensure_ascii=False).encode(encoding), content_type))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5"])
@pytest.mark.parametrize(
    "value", [[{"DataSN": "1", "title": "停水公告"}], {"version": VERSION, "items": [{"title": "停水公告"}]}]
)
def test_any_encoding_that_the_server_names(value: Any, encoding: str) -> None:
    """With a byte order mark, or without."""
    assert "停水公告" == parse(value, f"application/json; charset={encoding}", encoding).entries[0].title


@pytest.mark.parametrize(
    "value",
    [{}, {"items": []}, {"items": [1, 2]}, {"error": "no"}, [1, 2], [{"name": "x"}], [[]], {"version": "2.0"}],
)
def test_other_json_is_refused(value: Any) -> None:
    """The answer of some other service is no feed."""
    with pytest.raises(FeedNotAFeed, match="neither a JSON Feed nor"):
        parse(value)


def test_lists_without_news_are_feeds() -> None:
    """Both formats have a way to say that there is nothing."""
    assert () == parse([]).entries
    assert () == parse({"version": VERSION, "title": "T"}).entries


def test_a_flood_is_refused() -> None:
    """As in XML."""
    with pytest.raises(FeedTooLarge):
        parse([{"DataSN": 1}] * 20_001)


def test_source_is_a_link_only_where_it_is_an_address() -> None:
    """Some pages of the city name the office there."""
    rows = [
        {"DataSN": "1", "title": "甲", "Source": "教育局"},
        {"DataSN": "2", "title": "乙", "Source": "javascript:x"},
    ]
    assert ["", ""] == [entry.url for entry in parse(rows).entries]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("&lt;p&gt;一&lt;/p&gt;", "一"),
        ("一\r\n二", "一\n二"),
        ("3 &lt; 4", "3 < 4"),
        (12, "12"),
        (None, ""),
        ([], ""),
    ],
)
def test_contents(content: Any, text: str) -> None:
    """Markup, escaped markup, and text with its lines."""
    assert text == parse([{"DataSN": "1", "title": "標題", "內容": content}]).entries[0].text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "url", "title", "content_html", "date_published", "DataSN", "Source", "內容", "發布日期"])


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=9) | JSON, max_size=4), st.booleans(), st.integers(0, 400))
@settings(deadline=None)
def test_any_values_anywhere(items: list[Any], as_feed: bool, cut: int) -> None:
    """Whatever stands where, whole or cut: entries fit to store, or an error that says what is wrong."""
    body = json.dumps({"version": VERSION, "items": items} if as_feed else items).encode("utf-8", "surrogatepass")
    try:
        feed = parse_feed(Retrieved(URL, body[: len(body) - cut] if cut < len(body) else body))
    except IngestError as error:
        assert error.advice
        return
    for entry in feed.entries:
        assert entry.guid
        assert entry.title
        "".join((entry.guid, entry.url, entry.title, entry.text)).encode("utf-8")


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"items":[' * 50_000, b'{"items": [' + b"9" * 50_000, b'[{"DataSN":"1']
)
def test_hostile_json(body: bytes) -> None:
    """Too deep, too long a number, cut at once: an error of ours, and soon."""
    try:
        assert () == parse_feed(Retrieved(URL, body)).entries
    except IngestError as error:
        assert error.advice
