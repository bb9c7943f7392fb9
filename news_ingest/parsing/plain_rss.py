"""Plain RSS 2.0 without feedparser: most feeds are, and it takes feedparser several times as long to read them.

Only what leaves no doubt is read here: well formed, one channel, elements that everyone uses, each at most once, no
attributes that change what they mean. For all else `outline_of_plain_rss` gives None, and feedparser is asked. What is
read must be the same as feedparser's reading, entry by entry, which tests hold for all files at hand and damaged ones.
"""

import re
from collections.abc import Iterable
from functools import partial
from xml.etree import ElementTree

from news_ingest.links import http_link
from news_ingest.parsing.clean import clean_text
from news_ingest.parsing.dates import read_date
from news_ingest.parsing.draft import Draft, Outline
from news_ingest.parsing.fields import longest_text, title_text
from news_ingest.parsing.interval import asked_interval
from news_ingest.values import Retrieved

_HEAD = 300
_START = re.compile(
    rb"(?:<\?xml\s+version\s*=\s*[\"']1\.0[\"']\s*(?:encoding\s*=\s*[\"'](?:utf-8|us-ascii)[\"']\s*)?\?>)?\s*<rss\s",
    re.I,
)
_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_OF_ITEM = frozenset({"title", "link", "description", "guid", "pubDate", _CONTENT})
_BESIDE_ITEM = frozenset({"category", "comments", "enclosure", "author", "{http://purl.org/dc/elements/1.1/}creator"})
_ASKED = ("ttl", f"{_SYNDICATION}updatePeriod", f"{_SYNDICATION}updateFrequency")
_OF_CHANNEL = frozenset({"title", "link", "language", *_ASKED})
_BESIDE_CHANNEL = frozenset({"description", "lastBuildDate", "pubDate", "generator", "copyright", "docs"})
_OF_IMAGE = frozenset({"url", "title", "link", "width", "height"})
_HARMLESS = frozenset({"domain", "url", "length", "type"})
_PERMANENT = {"isPermaLink": "true"}
_NAME_ONLY = {"isPermaLink": "false"}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[!-:<-~]*)?")
_MAIL_DATE = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT)")
_BEYOND_LATIN = re.compile(r"[^\x00-\xff]")
_CONTROL = re.compile(r"[\x80-\x9f]")
_NAMED = "named"
_PERHAPS_HTML = re.compile(r"</|&#?\w+;")

_Fields = dict[str, str]


class _NotPlainError(Exception):
    """Something here leaves a doubt."""


def outline_of_plain_rss(retrieved: Retrieved) -> Outline | None:
    """The outline of a feed in UTF-8 (or ASCII), or None where feedparser is to be asked."""
    body = retrieved.body
    # Entities, comments and instructions can be told from text only by parsing; CDATA is everywhere.
    if not _START.match(body[:_HEAD]) or body.count(b"<!") != body.count(b"<![CDATA[") or body.count(b"<?") > 1:
        return None
    try:
        channel = _channel(ElementTree.fromstring(body))
        fields = _fields((child for child in channel if child.tag != "item"), _OF_CHANNEL, _BESIDE_CHANNEL)
        _refuse_odd_address(fields.get("link"))
        title = _title(fields)
        items = [_item(item) for item in channel.iterfind("item")]
    except (ElementTree.ParseError, _NotPlainError):
        return None
    return Outline(
        title,
        fields.get("language"),
        http_link(fields.get("link"), retrieved.url),
        items,
        partial(_draft, base=retrieved.url),
        truncated=not retrieved.whole,
        interval=asked_interval(*map(fields.get, _ASKED)),
    )


def _channel(root: ElementTree.Element) -> ElementTree.Element:
    if root.tag != "rss" or root.attrib != {"version": "2.0"} or len(root) != 1:
        raise _NotPlainError
    channel = root[0]
    if channel.tag != "channel" or channel.attrib:
        raise _NotPlainError
    return channel


def _item(item: ElementTree.Element) -> _Fields:
    if item.attrib:
        raise _NotPlainError
    fields = _fields(item, _OF_ITEM, _BESIDE_ITEM)
    _refuse_odd_address(fields.get("link"))
    guid = fields.get("guid", "")
    if ":" in guid and guid != fields.get("link"):
        _refuse_odd_address(guid)
    date = fields.get("pubDate")
    if date and (not _MAIL_DATE.fullmatch(date) or read_date(date, None) is None):
        raise _NotPlainError
    if "link" not in fields and "guid" in fields and _NAMED not in fields:
        fields["link"] = guid
    fields["title"] = _title(fields)
    return fields


def _refuse_odd_address(address: str | None) -> None:
    """Raise for an address that feedparser may mend."""
    if address and not _ADDRESS.fullmatch(address):
        raise _NotPlainError


def _fields(children: Iterable[ElementTree.Element], read: frozenset[str], beside: frozenset[str]) -> _Fields:
    """The text of the elements that are read, by their name; `_NAMED` is there where the guid is no address."""
    fields: _Fields = {}
    for child in children:
        tag = child.tag
        if tag in read:
            if tag in fields or len(child) or (child.attrib and not (tag == "guid" and _is_plain_guid(child))):
                raise _NotPlainError
            fields[tag] = _text(child)
            if tag == "guid" and child.attrib == _NAME_ONLY:
                fields[_NAMED] = ""
        elif not (tag in beside and not len(child) and child.attrib.keys() <= _HARMLESS) and not (
            beside is _BESIDE_CHANNEL and _is_plain_furniture(child)
        ):
            raise _NotPlainError
    return fields


def _is_plain_guid(guid: ElementTree.Element) -> bool:
    return guid.attrib in (_PERMANENT, _NAME_ONLY)


def _is_plain_furniture(child: ElementTree.Element) -> bool:
    """Whether it is a picture of the channel, or a link to the feed itself."""
    if child.tag == _ATOM_LINK:
        return child.get("rel") == "self" and child.attrib.keys() <= {"rel", "href", "type"} and not len(child)
    plain = all(part.tag in _OF_IMAGE and not part.attrib and not len(part) for part in child)
    return child.tag == "image" and not child.attrib and plain


def _text(element: ElementTree.Element) -> str:
    text = (element.text or "").strip()
    # What was decoded wrongly before it came here, feedparser mends.
    if not text.isascii() and (not _BEYOND_LATIN.search(text) or _CONTROL.search(text)):
        raise _NotPlainError
    return text


def _title(fields: _Fields) -> str:
    title = fields.get("title", "")
    if _PERHAPS_HTML.search(title):
        raise _NotPlainError
    return title_text(title, is_html=False)


def _draft(fields: _Fields, base: str) -> Draft:
    link, guid, date = fields.get("link", ""), fields.get("guid", ""), fields.get("pubDate")
    text, cut = longest_text((fields.get(name, ""), True) for name in (_CONTENT, "description"))
    return Draft(
        guid=clean_text(guid),
        url=http_link(link, "" if link == guid else base),
        title=fields["title"],
        text=text,
        cut=cut,
        dates=[(date, None)] if date else [],
        languages=[],
    )
