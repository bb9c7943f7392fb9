"""The rules of the W3C feed validator (RSS 2.0), RFC 4287 (Atom) and JSON Feed 1.1, as checks that name each breach."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DECLARATION = re.compile(rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]UTF-8['\"]\?>")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d{2}:\d{2}:\d{2} ([+-]\d{4}|GMT|UT)"
)
_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_BCP_47 = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MARKUP = re.compile(r"(<p( dir=\"rtl\")?>([^<>&]|&(amp|lt|gt);)*</p>)+")

_CHANNEL_ELEMENTS = {"title", "link", "description", "language", "lastBuildDate", "generator", "docs", "item"}
_CHANNEL_ELEMENTS |= {f"{ATOM}link"}
_ITEM_ELEMENTS = {"title", "link", "description", "category", "guid", "pubDate", "source", f"{DC}creator"}
_FEED_ELEMENTS = {"id", "title", "updated", "author", "link", "generator", "subtitle", "entry"}
_ENTRY_ELEMENTS = {"id", "title", "updated", "published", "author", "content", "link", "category", "source"}
_JSON_FEED = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
_JSON_ITEM = {"id", "url", "title", "content_html", "content_text", "date_published", "date_modified"}
_JSON_ITEM |= {"authors", "tags", "language"}


def rss_breaches(body: bytes, address: str) -> list[str]:
    """What is wrong with RSS 2.0 that is served at `address`."""
    root = _root(body)
    if isinstance(root, str):
        return [root]
    if root.tag != "rss" or root.get("version") != "2.0":
        return ["the root is not <rss version='2.0'>"]
    channels = root.findall("channel")
    return list(_channel(channels[0], address)) if len(channels) == 1 else [f"{len(channels)} channels"]


def _root(body: bytes) -> Element | str:
    """The root, or what is wrong with the XML: a character that XML 1.0 has no place for is."""
    if not _DECLARATION.match(body):
        return "it does not say that it is UTF-8"
    try:
        root: Element = ElementTree.fromstring(body)
    except ParseError as error:
        return f"not well-formed XML: {error}"
    return root


def _channel(channel: Element, address: str) -> Iterator[str]:
    yield from _once(channel, ["title", "link", "description"], ["language", "lastBuildDate", "generator", "docs"])
    yield from _known(channel, _CHANNEL_ELEMENTS)
    yield from _absolute(channel.findtext("link"), "channel link")
    yield from _language(channel.findtext("language"))
    yield from _dated(channel.findtext("lastBuildDate"), _RFC_822, "lastBuildDate")
    yield from _self_link(channel, address, "application/rss+xml")
    items = channel.findall("item")
    yield from _unique([item.findtext("guid") for item in items])
    for item in items:
        yield from _rss_item(item)


def _rss_item(item: Element) -> Iterator[str]:
    optional = ["link", "pubDate", "source", f"{DC}creator"]
    yield from _once(item, ["title", "description", "guid"], optional)
    yield from _known(item, _ITEM_ELEMENTS)
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false" and not str(guid.text).startswith("http"):
        yield f"the guid is no permalink: {guid.text}"
    if item.find("link") is not None:
        yield from _absolute(item.findtext("link"), "item link")
    yield from _dated(item.findtext("pubDate"), _RFC_822, "pubDate")
    source = item.find("source")
    if source is not None:
        yield from _absolute(source.get("url"), "source")
        yield from _filled(source)
    yield from _markup(item.findtext("description"))


def atom_breaches(body: bytes, address: str) -> list[str]:
    """What is wrong with Atom 1.0 that is served at `address`."""
    root = _root(body)
    if isinstance(root, str):
        return [root]
    return list(_atom_feed(root, address)) if root.tag == f"{ATOM}feed" else ["the root is not Atom's <feed>"]


def _atom_feed(feed: Element, address: str) -> Iterator[str]:
    yield from _once(feed, [f"{ATOM}{name}" for name in ("id", "title", "updated")])
    yield from _known(feed, {ATOM + name for name in _FEED_ELEMENTS})
    yield from _absolute(feed.findtext(f"{ATOM}id"), "feed id")
    yield from _dated(feed.findtext(f"{ATOM}updated"), _RFC_3339, "feed updated")
    yield from _language(feed.get(LANG))
    yield from _self_link(feed, address, "application/atom+xml")
    yield from _links(feed)
    entries = feed.findall(f"{ATOM}entry")
    yield from _unique([entry.findtext(f"{ATOM}id") for entry in entries])
    for entry in entries:
        yield from _atom_entry(entry, has_author=feed.find(f"{ATOM}author") is not None)


def _atom_entry(entry: Element, *, has_author: bool) -> Iterator[str]:
    optional = [f"{ATOM}{name}" for name in ("published", "content", "source")]
    yield from _once(entry, [f"{ATOM}{name}" for name in ("id", "title", "updated")], optional)
    yield from _known(entry, {ATOM + name for name in _ENTRY_ELEMENTS})
    yield from _identity(entry.findtext(f"{ATOM}id"))
    for name in ("updated", "published"):
        yield from _dated(entry.findtext(f"{ATOM}{name}"), _RFC_3339, name)
    yield from _links(entry)
    if not has_author and entry.find(f"{ATOM}author") is None:
        yield "neither entry nor feed has an author"
    for author in entry.findall(f"{ATOM}author"):
        yield from _once(author, [f"{ATOM}name"])
    content = entry.find(f"{ATOM}content")
    if content is None or content.get("type") != "html":
        yield "no content in HTML"
    else:
        yield from _markup(content.text)
    for category in entry.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "a category without a term"
    source = entry.find(f"{ATOM}source")
    if source is not None:
        yield from _once(source, [f"{ATOM}{name}" for name in ("id", "title", "updated")])
        yield from _absolute(source.findtext(f"{ATOM}id"), "source id")
        yield from _dated(source.findtext(f"{ATOM}updated"), _RFC_3339, "source updated")
        yield from _links(source)


def _links(parent: Element) -> Iterator[str]:
    links = parent.findall(f"{ATOM}link")
    for link in links:
        yield from _absolute(link.get("href"), "link")
    kinds = Counter(
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel") in (None, "alternate")
    )
    yield from (f"{count} alternate links of one kind" for count in kinds.values() if count > 1)


def _self_link(parent: Element, address: str, kind: str) -> Iterator[str]:
    links = [link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [(address, kind)] != [(link.get("href"), link.get("type")) for link in links]:
        yield f"not one self link to {address} as {kind}"


def json_breaches(body: bytes, address: str) -> list[str]:
    """What is wrong with a JSON Feed 1.1 that is served at `address`."""
    try:
        feed = json.loads(body.decode("utf-8"))
    except ValueError as error:
        return [f"not JSON: {error}"]
    return list(_json_feed(feed, address))


def _json_feed(feed: dict[str, Any], address: str) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "not version 1.1"
    if not feed.get("title"):
        yield "no title"
    if feed.get("feed_url") != address:
        yield f"feed_url is not {address}"
    yield from (f"unknown member {name}" for name in sorted(feed.keys() - _JSON_FEED))
    yield from _absolute(feed.get("home_page_url"), "home_page_url")
    yield from _language(feed.get("language"))
    yield from _authors(feed.get("authors"))
    items = feed.get("items")
    if not isinstance(items, list):
        yield "items is no list"
        return
    yield from _unique([item.get("id") for item in items])
    for item in items:
        yield from _json_item(item)


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown member {name}" for name in sorted(item.keys() - _JSON_ITEM))
    yield from (f"{name} is empty" for name, value in item.items() if value is None or value == "")
    yield from _identity(item.get("id"))
    if not item.get("content_html") and not item.get("content_text"):
        yield "no content"
    yield from _markup(item.get("content_html"))
    if "url" in item:
        yield from _absolute(item["url"], "url")
    for name in ("date_published", "date_modified"):
        yield from _dated(item.get(name), _RFC_3339, name)
    yield from _language(item.get("language"))
    yield from _authors(item.get("authors"))
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "a tag that is no text"


def _authors(authors: Any) -> Iterator[str]:
    for author in authors or []:
        if not author.keys() & {"name", "url", "avatar"}:
            yield "an author without anything"
        if "url" in author:
            yield from _absolute(author["url"], "author's url")


def _once(parent: Element, required: list[str], optional: list[str] | None = None) -> Iterator[str]:
    counts = Counter(child.tag for child in parent)
    yield from (f"{counts[name]} times {name}" for name in required if counts[name] != 1)
    yield from (f"{counts[name]} times {name}" for name in optional or [] if counts[name] > 1)
    for name in required:
        child = parent.find(name)
        if child is not None:
            yield from _filled(child)


def _filled(element: Element) -> Iterator[str]:
    if not (element.text or "").strip():
        yield f"{element.tag} is empty"


def _known(parent: Element, names: set[str]) -> Iterator[str]:
    yield from (f"unknown element {child.tag}" for child in parent if child.tag not in names)


def _absolute(address: object, what: str) -> Iterator[str]:
    text = str(address)
    well_formed = _URI.fullmatch(text) and not _LONE_PERCENT.search(text)
    if not well_formed or (text.startswith("http") and not urlsplit(text).netloc):
        yield f"{what} is no absolute URI: {text!r}"


def _identity(name: object) -> Iterator[str]:
    if not _UUID.fullmatch(str(name)):
        yield f"the id is no IRI of ours: {name!r}"


def _unique(ids: list[Any]) -> Iterator[str]:
    yield from (f"{count} entries with the id {name}" for name, count in Counter(ids).items() if count > 1)


def _dated(text: str | None, form: re.Pattern[str], what: str) -> Iterator[str]:
    if text is None:
        return
    if not form.fullmatch(text):
        yield f"{what} is no date with a zone: {text}"
    elif form is _RFC_822 and parsedate_to_datetime(text).strftime("%a") != text[:3]:
        yield f"{what} has the wrong day of the week: {text}"


def _language(tag: str | None) -> Iterator[str]:
    if tag is not None and (not _BCP_47.fullmatch(tag) or tag == "und"):
        yield f"no language tag: {tag}"


def _markup(text: str | None) -> Iterator[str]:
    if not _MARKUP.fullmatch(text or ""):
        yield f"not well-formed HTML paragraphs: {text!r}"
