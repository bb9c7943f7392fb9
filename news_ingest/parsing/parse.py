"""Bytes of a feed (RSS, RDF, Atom, JSON Feed, the city's own JSON) to entries in plain text.

Bad entries are left out, with a warning.
"""

import re
from dataclasses import replace
from datetime import tzinfo

from news_ingest.errors import FeedNotAFeed, FeedTooLarge
from news_ingest.links import masked
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.draft import MAX_ENTRIES, MAX_TEXT, TOO_MANY_ENTRIES, Outline
from news_ingest.parsing.entries import EntryReader
from news_ingest.parsing.json_feed import outline_of_json_feed
from news_ingest.parsing.json_text import looks_like_json, read_json
from news_ingest.parsing.plain_rss import outline_of_plain_rss
from news_ingest.parsing.taipei_json import outline_of_taipei_json
from news_ingest.parsing.xml_feed import read_xml
from news_ingest.subjects.language import match_tag
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved

__all__ = ["MAX_ENTRIES", "MAX_TEXT", "parse_feed", "parse_plain"]

_ADVICE = "Open the address in a browser and look for the page's RSS link"
_HTML_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_XML_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD = 4_096


def parse_feed(retrieved: Retrieved, spec: FeedSpec | None = None, zone: tzinfo = DEFAULT_ZONE) -> ParsedFeed:
    """The feed's entries, in its order.

    `spec` gives the title and language that the editors know, where the feed itself tells none; `zone` is for
    dates without one. Raises `FeedNotAFeed` for a web page, an empty body, and whatever else is no feed, and
    `FeedTooLarge` for one with far too many entries.
    """
    where = masked(spec.url if spec else retrieved.url)
    _refuse_page(retrieved.body, where)
    return _entries((_read_json if looks_like_json(retrieved.body) else read_xml)(retrieved, where), spec, where, zone)


def parse_plain(retrieved: Retrieved, spec: FeedSpec, zone: tzinfo = DEFAULT_ZONE) -> ParsedFeed | None:
    """The same for plain RSS, in time and memory in proportion to its length; None where the feed is anything else."""
    outline = outline_of_plain_rss(retrieved)
    return _entries(outline, spec, masked(spec.url), zone) if outline is not None else None


def _entries(outline: Outline, spec: FeedSpec | None, where: str, zone: tzinfo) -> ParsedFeed:
    declared = match_tag(outline.language)
    known = match_tag(spec.language) if spec else None
    reader = EntryReader(outline, [declared, known], zone)
    entries = tuple(reader.read_all())
    return ParsedFeed(
        outline.title or (spec.title if spec else "") or where,
        declared or known,
        entries,
        (*outline.warnings, *reader.warnings),
        outline.truncated,
        outline.interval,
        reader.left_out,
    )


def _refuse_page(body: bytes, where: str) -> None:
    """Raise for what is plainly no feed."""
    if not body.strip(b"\x00 \t\r\n"):
        advice = "Try again later; if it stays empty, ask the publisher"
        raise FeedNotAFeed(where, "the answer is empty", advice)
    if _HTML_PAGE.match(body[:_HEAD]):
        raise FeedNotAFeed(where, "this is a web page, not a feed", _ADVICE)


def _read_json(retrieved: Retrieved, where: str) -> Outline:
    read = read_json(retrieved.body, retrieved.content_type)
    outline = outline_of_json_feed(read.value, retrieved.url) or outline_of_taipei_json(read.value)
    if outline is None and _XML_ROOT.search(retrieved.body):
        return read_xml(retrieved, where)
    if outline is None:
        raise FeedNotAFeed(where, "this JSON is neither a JSON Feed nor a list of news", _ADVICE)
    if len(outline.raw_entries) > TOO_MANY_ENTRIES:
        advice = "Check that it is a feed, or ask the publisher for a shorter one"
        raise FeedTooLarge(where, f"it has more than {TOO_MANY_ENTRIES} entries", advice)
    if not read.truncated:
        return replace(outline, truncated=not retrieved.whole)
    warning = "the end of the feed is missing; the entries that came whole were kept"
    return replace(outline, truncated=True, warnings=(warning,))
