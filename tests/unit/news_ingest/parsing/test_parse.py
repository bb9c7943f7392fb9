"""Parsing: what is refused, what is survived, what is kept."""

import pytest

from news_ingest.errors import FeedNotAFeed, FeedTooLarge, IngestError
from news_ingest.parsing.parse import MAX_ENTRIES, MAX_TEXT, parse_feed
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved

URL = "https://city.example/feed.xml"


def rss(inner: bytes, head: bytes = b'<?xml version="1.0"?>') -> bytes:
    return head + b'<rss version="2.0"><channel><title>T</title>' + inner + b"</channel></rss>"


def item(title: str, guid: str = "g", description: str = "") -> bytes:
    return f"<item><title>{title}</title><guid>{guid}</guid><description>{description}</description></item>".encode()


def parse(body: bytes, content_type: str | None = None, spec: FeedSpec | None = None) -> ParsedFeed:
    return parse_feed(Retrieved(URL, body, content_type), spec)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"\xef\xbb\xbf\n<html lang=en><item>no</item></html>", "web page"),
        (b"<!-- made by x --><!-- y -->\n<HTML><head></head></HTML>", "web page"),
        (b"just words", "neither"),
        (b'{"items": []}', "neither"),
        (b"%PDF-1.4 \xe2\xe3", "neither"),
        (b"<?xml version='1.0'?><note><to>me</to></note>", "neither"),
        (b"<!-->" * 5000, "neither"),
    ],
)
def test_no_feed_is_refused(body: bytes, problem: str) -> None:
    """The message says what it is, where, and what to do next."""
    with pytest.raises(FeedNotAFeed) as caught:
        parse(body)
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"{URL}: ")
    assert caught.value.advice


def test_feed_without_entries_is_a_feed() -> None:
    """A new feed may have nothing to say yet."""
    assert () == parse(rss(b"")).entries


def test_editors_know_title_and_language_where_the_feed_tells_none() -> None:
    """The list of feeds fills in; what the feed declares goes first."""
    spec = FeedSpec("city", URL, "City news", "ja")
    silent = parse(b'<rss version="2.0"><channel>' + item("Hello") + b"</channel></rss>", spec=spec)
    assert ("City news", "ja", "ja") == (silent.title, silent.language, silent.entries[0].language)
    declared = parse(rss(b"<language>en-US</language>" + item("Hello")), spec=spec)
    assert ("T", "en", "en") == (declared.title, declared.language, declared.entries[0].language)


def test_a_feeds_password_is_in_nothing_that_readers_see() -> None:
    """Neither in the name of a feed that has none but its address, nor in its articles' links."""
    address = "https://user:secret@city.example/rss"
    body = b'<rss version="2.0"><channel><item><title>Hello</title><link>/1</link></item></channel></rss>'
    parsed = parse_feed(Retrieved(address, body), FeedSpec(address, address))
    assert "https://user:***@city.example/rss" == parsed.title
    assert ["https://city.example/1"] == [entry.url for entry in parsed.entries]


def test_one_bad_entry_costs_no_other() -> None:
    """It is left out, and the warning names it."""
    feed = parse(rss(item("First", "1") + b"<item><guid>broken</guid></item>" + item("Third", "3")))
    assert ["First", "Third"] == [entry.title for entry in feed.entries]
    assert ("entry 2 (broken) was left out: it has neither title nor text",) == feed.warnings


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16", "shift_jis", "gb18030", "euc_jp", "cp950"])
def test_declared_encoding_is_followed(encoding: str) -> None:
    """In the XML declaration."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + rss(item("台北市中山"), b"").decode()
    assert "台北市中山" == parse(text.encode(encoding)).entries[0].title


def test_encoding_from_the_server_is_followed() -> None:
    """In the media type, where the feed says nothing."""
    body = rss(item("臺北市政府"), b"").decode().encode("big5")
    assert "臺北市政府" == parse(body, "text/xml; charset=Big5").entries[0].title


def test_wrong_declaration_does_not_garble_utf8() -> None:
    """Text that is UTF-8 is UTF-8, whatever the server says."""
    feed = parse(rss(item("臺北市政府")), "text/xml; charset=iso-8859-1")
    assert "臺北市政府" == feed.entries[0].title


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "encoding",
    ["hex", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "rot13", "klingon", "undefined"],
)
def test_odd_encoding_is_survived(encoding: str) -> None:
    """Python knows codecs that no feed should be able to call for; some take hours over a long text."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    for text in ("plain words " * 20_000, "臺北市政府"):
        feed = parse(rss(item("x", "1", text), head))
        assert text.split()[0] in feed.entries[0].text


def test_one_bad_byte_does_not_garble_the_rest() -> None:
    """Only the bad character is lost."""
    feed = parse(rss(item("臺北市政府", "1", "好" * 200) + b"<item><title>\xff</title></item>"))
    assert "臺北市政府" == feed.entries[0].title


def test_connection_that_broke_counts_as_cut_off() -> None:
    """So that the validators of half a feed are not kept."""
    broken = Retrieved(URL, rss(item("Whole")), whole=False)
    assert parse_feed(broken).truncated


@pytest.mark.parametrize("cut", range(1, 400, 7))
def test_cut_anywhere_keeps_what_is_whole(cut: int) -> None:
    """Wherever the cut falls, each entry that comes out is one that went in."""
    body = rss(item("第一則", "1", "甲") + item("第二則", "2", "乙") + item("第三則", "3", "丙"))
    whole = parse(body).entries
    try:
        part = parse(body[:-cut]) if cut < len(body) else None
    except FeedNotAFeed:
        part = None
    if part is not None:
        assert whole[: len(part.entries)] == part.entries
        assert part.truncated or part.entries == whole


def test_entities_can_not_swell() -> None:
    """Neither nested nor long ones, in whatever encoding."""
    nested = b'<!DOCTYPE rss [<!ENTITY a "' + b"A" * 30 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    long = b'<!DOCTYPE rss [<!ENTITY b "' + b"A" * 100_000 + b'">]>'
    for head in (nested, long):
        body = rss(item("x", "1", "&b;" * 1000), b'<?xml version="1.0"?>' + head)
        try:
            assert all(len(entry.text) < 10_000 for entry in parse(body).entries)
        except IngestError as error:
            assert isinstance(error, FeedNotAFeed)


def test_external_entities_are_not_read() -> None:
    """A feed can't ask for files."""
    head = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    feed = parse(rss(item("a", "1", "before &x; after"), head))
    assert "before" in feed.entries[0].text
    assert len(feed.entries[0].text) < 20


def test_too_many_entries() -> None:
    """A few too many are left out with a warning; a flood is refused."""
    few = parse(rss(b"".join(item(f"n{n}", str(n)) for n in range(MAX_ENTRIES + 5))))
    assert MAX_ENTRIES == len(few.entries)
    assert f"only the first {MAX_ENTRIES} of {MAX_ENTRIES + 5} entries were read" in few.warnings
    with pytest.raises(FeedTooLarge):
        parse(rss(b"<item/>" * 20_001))


@pytest.mark.parametrize("text", ["word " * 100_000, "&lt;p&gt;好&lt;/p&gt;" * 60_000])
def test_huge_text_is_cut_and_told(text: str) -> None:
    """One article may not fill the index, and an editor must know that it is not whole."""
    feed = parse(rss(item("The whole budget", "1", text) + item("Short", "2", "word")))
    assert MAX_TEXT >= len(feed.entries[0].text)
    told = f"entry 1 (The whole budget): its text is too long and was cut to {len(feed.entries[0].text)} characters"
    assert (told,) == feed.warnings


def test_entries_with_one_guid_are_all_kept() -> None:
    """Some feeds number all alike; only what says the same again is left out."""
    feed = parse(rss(item("甲", "1", "一") + item("乙", "1", "二") + item("甲", "1", "三") + item("乙", "1", "二")))
    assert ["一", "二", "三"] == [entry.text for entry in feed.entries]
    assert "entry 4 (乙) was left out: it repeats an earlier entry" in feed.warnings
    assert "entry 2 (乙) has the same guid as an earlier entry, and got one of its own" in feed.warnings


def test_second_date_stands_in_for_one_that_can_not_be_read() -> None:
    """It is told all the same."""
    dates = "<pubDate>近日</pubDate><dc:date>2018-04-03</dc:date>".replace("dc:date", "lastBuildDate")
    atom = "<updated xmlns='http://www.w3.org/2005/Atom'>2018-04-03T10:00:00Z</updated>"
    feed = parse(rss(f"<item><title>x</title><guid>1</guid>{dates}{atom}</item>".encode()))
    assert "2018-04-03T10:00:00+00:00" == (feed.entries[0].published or "").isoformat()  # type: ignore[union-attr]
    assert ("entry 1 (x): its date can't be read (近日)",) == feed.warnings


@pytest.mark.parametrize(
    "inner",
    [
        b"<item " + b" ".join(b"a%d='>'" % number for number in range(20_000)) + b"/>",
        b"<a>" * 200_000 + b"</a>" * 200_000,
    ],
)
def test_what_would_keep_feedparser_busy_is_refused(inner: bytes) -> None:
    """Tags beyond number, and attributes, which it compares with each other."""
    with pytest.raises(FeedTooLarge):
        parse(rss(inner))


def test_long_articles_are_not_taken_for_long_tags() -> None:
    """An article's escaped markup may hold thousands of attributes."""
    text = "&lt;a href='https://city.example/' class='c'&gt;word &lt;/a&gt;" * 8_000
    assert "word word" in parse(rss(item("x", "1", text))).entries[0].text


@pytest.mark.parametrize(
    "piece", [b"<![CDATA[", b"<!--", b"<!DOCTYPE[", b"<!ENTITY ", b"<?", b"&", b"<a b='", b"<item>"]
)
def test_hostile_repetition_is_quick(piece: bytes) -> None:
    """Thousands of openings without an end take no longer than this test is given."""
    try:
        assert isinstance(parse(rss(piece * (5_000 if piece == b"<item>" else 30_000))), ParsedFeed)
    except IngestError as error:
        assert error.advice


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example", "http://"]
)
def test_only_web_links_are_kept(link: str) -> None:
    """Whatever else a link is, nobody follows it."""
    feed = parse(rss(f"<item><title>x</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>".encode()))
    assert "" == feed.entries[0].url
