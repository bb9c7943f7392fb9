"""RSS, RDF and Atom by feedparser, without the parts of it that our own cleaning makes needless."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import feedparser

from news_ingest.errors import FeedNotAFeed, FeedTooLarge
from news_ingest.links import http_link
from news_ingest.parsing.clean import clean_text, clean_title
from news_ingest.parsing.draft import TOO_MANY_ENTRIES, Draft, Outline
from news_ingest.parsing.encodings import UTF8_XML, to_utf8
from news_ingest.parsing.entities import hides_entities, without_long_entities
from news_ingest.parsing.fields import longest_text, title_text
from news_ingest.parsing.interval import asked_interval
from news_ingest.parsing.plain_rss import outline_of_plain_rss
from news_ingest.parsing.repair import mend
from news_ingest.values import Retrieved

_ADVICE = "Open the address in a browser and look for the page's RSS link"
_ENTRY = re.compile(rb"<(?:[\w-]{1,100}:)?(?:item|entry)[\s/>]")
_TOO_MANY_TAGS = 300_000
_LONG_TAG = 5_000
_WHOLE_TAG = re.compile(rb"[^\s>]*+(?:\s++[^\s=<>\"']++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+")
_TOO_MANY_COMPARISONS = 100_000_000
_DATES = ("published", "updated", "created")

_Raw = dict[str, Any]
# feedparser's dictionaries have aliases (`modified` for `updated`, …), which cost time and hide what is there; so
# they are read by `dict.get`.
_get = dict.get


def read_xml(retrieved: Retrieved, where: str) -> Outline:
    """The feed's outline. Raises `FeedNotAFeed` for what is none, `FeedTooLarge` for a flood of entries."""
    in_utf8 = to_utf8(retrieved.body, retrieved.content_type)
    if in_utf8 is not None:
        retrieved = replace(retrieved, body=in_utf8, content_type=UTF8_XML)
    _refuse_hostile(retrieved.body, where)
    return outline_of_plain_rss(retrieved) or outline_by_feedparser(retrieved, where)


def outline_by_feedparser(retrieved: Retrieved, where: str) -> Outline:
    """The outline of a feed in UTF-8, where `to_utf8` could tell; raises as `read_xml`."""
    raw, warnings, truncated = _read_or_mend(retrieved, where)
    if not raw["entries"] and not raw["version"]:
        raise FeedNotAFeed(where, "this is neither RSS nor Atom nor JSON Feed", _ADVICE)
    feed = raw["feed"]
    return Outline(
        _title(feed),
        _get(feed, "language"),
        http_link(_get(feed, "link"), retrieved.url),
        raw["entries"],
        partial(_draft, base=retrieved.url),
        tuple(warnings),
        truncated,
        asked_interval(_get(feed, "ttl"), _get(feed, "sy_updateperiod"), _get(feed, "sy_updatefrequency")),
    )


def _refuse_hostile(body: bytes, where: str) -> None:
    """Raise for what would take a parser too long or too much memory."""
    if hides_entities(body):
        problem = "it declares entities of its own in an unusual encoding"
        raise FeedNotAFeed(where, problem, "Ask the publisher for the feed in UTF-8")
    tags = body.count(b"<")
    if tags > TOO_MANY_ENTRIES and sum(1 for _ in _ENTRY.finditer(body)) > TOO_MANY_ENTRIES:
        advice = "Check that it is a feed, or ask the publisher for a shorter one"
        raise FeedTooLarge(where, f"it has more than {TOO_MANY_ENTRIES} entries", advice)
    if tags > _TOO_MANY_TAGS:
        raise FeedTooLarge(where, f"it has more than {_TOO_MANY_TAGS} tags", "Ask the publisher for a shorter feed")
    # No tag holds "<" but at its start. feedparser looks for each attribute among all of its tag.
    parts = body.split(b"<")
    if max(map(len, parts)) <= _LONG_TAG:
        return
    counts = (tag[0].count(b"=") for part in parts if len(part) > _LONG_TAG and (tag := _WHOLE_TAG.match(part)))
    if sum(count * count for count in counts) > _TOO_MANY_COMPARISONS:
        raise FeedTooLarge(where, "it has tags with many thousands of attributes", "Check that it is a feed")


def _read_or_mend(retrieved: Retrieved, where: str) -> tuple[_Raw, list[str], bool]:
    """The feed as feedparser reads it, what there is to say about it, and whether its end was missing."""
    raw = _read(retrieved, where)
    if not raw["bozo"]:
        return raw, [], not retrieved.whole
    mended = mend(retrieved.body, str(raw.get("encoding") or ""))
    whole_part = None if mended is None else _read(replace(retrieved, body=mended, content_type=UTF8_XML), where)
    if whole_part is None or not (whole_part["entries"] or whole_part["version"]):
        return raw, list(_complaint(raw.get("bozo_exception"))), not retrieved.whole
    return whole_part, ["the end of the feed is missing; the entries that came whole were kept"], True


def _read(retrieved: Retrieved, where: str) -> _Raw:
    # Not told where it is: feedparser would make addresses of guids that are none, and ids would hang on them.
    headers = {"content-type": retrieved.content_type} if retrieved.content_type else {}
    try:
        # A stream, because feedparser would take bytes for a file's name first. Its sanitizer and link
        # resolver work on markup, of which nothing is left after our own cleaning.
        body = io.BytesIO(without_long_entities(retrieved.body))
        parsed: _Raw = feedparser.parse(
            body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever a hostile feed brings about inside the library
        raise FeedNotAFeed(where, f"it can't be read as a feed ({type(error).__name__})", _ADVICE) from error
    parsed.setdefault("version", "")
    return parsed


def _complaint(error: object) -> Iterator[str]:
    # A wrong media type or a differing encoding has done no harm; a fault in the XML may have.
    if error is not None and not isinstance(
        error, (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
    ):
        yield f"the feed has faults and was read leniently ({clean_title(str(error), is_html=False)})"


def _draft(raw: _Raw, base: str) -> Draft:
    link, given = _get(raw, "link"), _get(raw, "id")
    content, summary = _get(raw, "content") or [], _get(raw, "summary_detail")
    bodies = [*content, summary if summary is not None else {"value": _get(raw, "summary") or ""}]
    text, cut = longest_text((str(_get(body, "value") or ""), _is_html(body)) for body in bodies)
    return Draft(
        guid=clean_text(str(given or "")),
        # feedparser takes a guid for the link where there is no other; "news-101" is none.
        url=http_link(link, "" if link == given else base),
        title=_title(raw),
        text=text,
        cut=cut,
        dates=[
            (written, _get(raw, f"{key}_parsed"))
            for key in _DATES
            if isinstance(written := _get(raw, key), str) and written.strip()
        ],
        languages=[
            _get(raw, "language"),
            *(_get(detail, "language") for detail in (_get(raw, "title_detail"), *content, summary) if detail),
        ],
    )


def _is_html(detail: _Raw) -> bool:
    return str(_get(detail, "type") or "text/html") != "text/plain"


def _title(raw: _Raw) -> str:
    return title_text(str(_get(raw, "title") or ""), is_html=_is_html(_get(raw, "title_detail") or {}))
