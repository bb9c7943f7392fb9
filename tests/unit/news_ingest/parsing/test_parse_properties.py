"""Whatever bytes come in, only `IngestError` comes out; and what comes out is fit to store and show."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.errors import IngestError
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import Retrieved

FEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[3] / "data" / "feeds").glob("*.xml"))]
PIECES = [
    *(b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<entry>"),
    *(b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<![CDATA[", b"]]>", b"<!--", b"&#0;", b"&lt;"),
    *(b"\xff\xfe", b"\x00", b"<link>http://[", b"<pubDate>9999-99-99", b"xml:lang='"),
    b"<?xml version='1.0' encoding='hex'?>",
]
DAMAGES = st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=6)


def check(body: bytes, content_type: str | None = None) -> None:
    try:
        feed = parse_feed(Retrieved("https://city.example/feed", body, content_type))
    except IngestError as error:
        assert error.problem
        assert error.advice
        return
    guids = [entry.guid for entry in feed.entries]
    assert len(guids) == len(set(guids))
    for entry in feed.entries:
        assert entry.title
        assert entry.guid
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        "".join((entry.guid, entry.url, entry.title, entry.text, entry.language)).encode("utf-8")


@given(st.binary(max_size=2000), st.one_of(st.none(), st.text(max_size=40)))
@settings(deadline=None)
def test_random_bytes(body: bytes, content_type: str | None) -> None:
    """Noise, with any media type."""
    check(body, content_type)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=30))
@settings(deadline=None)
def test_random_pieces_of_feeds(pieces: list[bytes]) -> None:
    """Markup in any order."""
    check(b"".join(pieces))


@given(
    st.sampled_from(FEEDS),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=6),
    st.integers(0, 3000),
)
@settings(deadline=None)
def test_damaged_feeds(feed: bytes, damages: list[tuple[int, bytes]], end: int) -> None:
    """Real feeds, overwritten here and there and cut off."""
    body = bytearray(feed)
    for position, damage in damages:
        body[position : position + len(damage)] = damage
    check(bytes(body[: max(end, 1)]))
