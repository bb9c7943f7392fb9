"""Bytes of a feed (RSS, RDF, Atom) to entries in plain text. Bad ones are left out, with a warning."""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any

import feedparser

from news_ingest.errors import FeedNotAFeed, FeedTooLarge
from news_ingest.links import http_link, is_home_page
from news_ingest.parsing.clean import clean_html, clean_text, clean_title
from news_ingest.parsing.dates import DEFAULT_ZONE, read_date
from news_ingest.parsing.encodings import UTF8_XML, to_utf8
from news_ingest.parsing.entities import hides_entities, without_long_entities
from news_ingest.parsing.repair import mend
from news_ingest.subjects.language import item_language, match_tag
from news_ingest.values import FeedSpec, ParsedEntry, ParsedFeed, Retrieved

MAX_ENTRIES = 2_000
"""Entries that are read from one feed; the rest is left out with a warning."""

MAX_TEXT = 200_000
"""Characters of one article."""

_TITLE_FROM_TEXT = 80
_ADVICE = "Open the address in a browser and look for the page's RSS link"
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_HTML_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
# Feeds call HTML plain text now and then; "3 < 4" is no tag.
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_HEAD = 4_096
_TOO_MANY_ENTRIES = 20_000
_ENTRY = re.compile(rb"<(?:[\w-]{1,100}:)?(?:item|entry)[\s/>]")

_Raw = dict[str, Any]


class _BadEntry(Exception):
    """Why an entry is left out."""


def parse_feed(retrieved: Retrieved, spec: FeedSpec | None = None, zone: tzinfo = DEFAULT_ZONE) -> ParsedFeed:
    """The feed's entries, in its order.

    `spec` gives the title and language that the editors know, where the feed itself tells none; `zone` is for
    dates without one. Raises `FeedNotAFeed` for a web page, an empty body, and whatever else is no feed.
    """
    where = spec.url if spec else retrieved.url
    _refuse_page(retrieved.body, where)
    in_utf8 = to_utf8(retrieved.body, retrieved.content_type)
    if in_utf8 is not None:
        retrieved = replace(retrieved, body=in_utf8, content_type=UTF8_XML)
    _refuse_hostile(retrieved.body, where)
    raw, warnings, truncated = _read_or_mend(retrieved, where)
    if not raw["entries"] and not raw["version"]:
        raise FeedNotAFeed(where, "this is neither RSS nor Atom", _ADVICE)
    declared = match_tag(dict.get(raw["feed"], "language"))
    known = match_tag(spec.language) if spec else None
    reader = _EntryReader(retrieved.url, [declared, known], zone, raw["feed"])
    entries = tuple(reader.read_all(raw["entries"]))
    title = _title(raw["feed"]) or (spec.title if spec else "") or where
    return ParsedFeed(title, declared or known, entries, (*warnings, *reader.warnings), truncated)


def _refuse_page(body: bytes, where: str) -> None:
    """Raise for what is plainly no feed."""
    if not body.strip(b"\x00 \t\r\n"):
        advice = "Try again later; if it stays empty, ask the publisher"
        raise FeedNotAFeed(where, "the answer is empty", advice)
    if _HTML_PAGE.match(body[:_HEAD]):
        raise FeedNotAFeed(where, "this is a web page, not a feed", _ADVICE)


def _refuse_hostile(body: bytes, where: str) -> None:
    """Raise for what would take a parser too long or too much memory."""
    if hides_entities(body):
        problem = "it declares entities of its own in an unusual encoding"
        raise FeedNotAFeed(where, problem, "Ask the publisher for the feed in UTF-8")
    if sum(1 for _ in _ENTRY.finditer(body)) > _TOO_MANY_ENTRIES:
        advice = "Check that it is a feed, or ask the publisher for a shorter one"
        raise FeedTooLarge(where, f"it has more than {_TOO_MANY_ENTRIES} entries", advice)


def _read_or_mend(retrieved: Retrieved, where: str) -> tuple[_Raw, list[str], bool]:
    """The feed as feedparser reads it, what there is to say about it, and whether its end was missing."""
    raw = _read(retrieved, where)
    if not raw["bozo"]:
        return raw, [], not retrieved.whole
    mended = mend(retrieved.body, str(raw.get("encoding") or ""))
    if mended is None:
        return raw, list(_complaint(raw.get("bozo_exception"))), not retrieved.whole
    raw = _read(replace(retrieved, body=mended, content_type=UTF8_XML), where)
    return raw, ["the end of the feed is missing; the entries that came whole were kept"], True


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


class _EntryReader:
    def __init__(self, base: str, languages: list[str | None], zone: tzinfo, feed: _Raw) -> None:
        self.warnings: list[str] = []
        self._base = base
        self._languages = languages
        self._zone = zone
        self._home = http_link(dict.get(feed, "link"), base)

    def read_all(self, raw_entries: Sequence[_Raw]) -> Iterator[ParsedEntry]:
        seen: set[str] = set()
        if len(raw_entries) > MAX_ENTRIES:
            self.warnings.append(f"only the first {MAX_ENTRIES} of {len(raw_entries)} entries were read")
        for number, raw in enumerate(raw_entries[:MAX_ENTRIES], start=1):
            name = f"entry {number}"
            try:
                name = _name(number, raw)
                entry = self._read(raw, name)
                if entry.guid in seen:
                    raise _BadEntry("an earlier entry has the same guid")
            except _BadEntry as why:
                self.warnings.append(f"{name} was left out: {why}")
            except Exception as error:  # one odd entry must not cost the others
                self.warnings.append(f"{name} was left out: it can't be read ({type(error).__name__})")
            else:
                seen.add(entry.guid)
                yield entry

    def _read(self, raw: _Raw, name: str) -> ParsedEntry:
        text = _text(raw)
        title = _title(raw) or _opening(text)
        if not title:
            raise _BadEntry("it has neither title nor text")
        link, given = dict.get(raw, "link"), dict.get(raw, "id")
        # feedparser takes a guid for the link where there is no other; "news-101" is none.
        url = http_link(link, "" if link == given else self._base)
        published = self._published(raw, name)
        guid = clean_text(str(given or ""))
        if not guid:
            # A front page is no name: all entries may lead there.
            guid = _made_up_guid(title, published) if is_home_page(url) else url
        language = item_language([*_declared_languages(raw), *self._languages], f"{title}\n{text}")
        return ParsedEntry(guid, url or self._home, title, text, language, published)

    def _published(self, raw: _Raw, name: str) -> datetime | None:
        for key in ("published", "updated", "created"):
            written = dict.get(raw, key)
            if not isinstance(written, str) or not written.strip():
                continue
            moment = read_date(written.strip()[:100], dict.get(raw, f"{key}_parsed"), self._zone)
            if moment is not None and _EARLIEST <= moment < _LATEST:
                return moment
            self.warnings.append(f"{name}: its date can't be read ({clean_title(written[:100], is_html=False)})")
            return None
        return None


def _name(number: int, raw: _Raw) -> str:
    label = _title(raw) or clean_text(str(dict.get(raw, "id") or dict.get(raw, "link") or ""))
    return f"entry {number}" + (f" ({label[:60]})" if label else "")


def _is_html(detail: _Raw) -> bool:
    return str(dict.get(detail, "type") or "text/html") != "text/plain"


def _title(raw: _Raw) -> str:
    detail = dict.get(raw, "title_detail") or {}
    title = str(dict.get(raw, "title") or "")
    return clean_title(title, is_html=_is_html(detail) or _TAG.search(title) is not None)


def _text(raw: _Raw) -> str:
    """The longest of the bodies that the entry has, since feeds put the full text now here, now there."""
    bodies = list(dict.get(raw, "content") or [])
    summary = dict.get(raw, "summary_detail")
    bodies.append(summary if summary is not None else {"value": dict.get(raw, "summary") or ""})
    texts = []
    for body in bodies:
        value = str(dict.get(body, "value") or "")
        is_html = _is_html(body) or _TAG.search(value) is not None
        texts.append(clean_html(value) if is_html else clean_text(value[:MAX_TEXT]))
    return max(texts, key=len)[:MAX_TEXT]


def _opening(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _TITLE_FROM_TEXT else line[: _TITLE_FROM_TEXT - 1].rstrip() + "…"


def _declared_languages(raw: _Raw) -> Iterator[str | None]:
    details = [
        dict.get(raw, "title_detail"),
        *(dict.get(raw, "content") or []),
        dict.get(raw, "summary_detail"),
    ]
    yield dict.get(raw, "language")
    for detail in details:
        if detail:
            yield dict.get(detail, "language")


def _made_up_guid(title: str, published: datetime | None) -> str:
    seed = f"{title}\n{published.isoformat() if published else ''}"
    return "made-up:" + hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]
