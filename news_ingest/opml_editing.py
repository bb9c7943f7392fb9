"""Writing lists of feeds: made anew, or changed in one place. Pure functions from bytes to bytes.

A change keeps order, hierarchy, comments and indentation of all the rest. `folder` is where the list lies: its relative
paths count from there; `where` names it in errors.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from news_ingest.errors import OpmlError
from news_ingest.links import masked, one_spelling
from news_ingest.opml import location, parse_opml
from news_ingest.parsing.clean import clean_title
from news_ingest.publishing.channel import plain
from news_ingest.values import FeedSpec

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head/>\n  <body>\n  </body>\n</opml>\n'
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_STEP = "  "


def write_opml(specs: Iterable[FeedSpec], title: str) -> bytes:
    """A list of these feeds, each category a group. It reads as the same feeds."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _line(title)
    body = etree.SubElement(root, "body")
    groups: dict[str, Any] = {}
    for spec in specs:
        category = _category(spec)
        if category and category not in groups:
            groups[category] = etree.SubElement(body, "outline", text=category)
        groups.get(category, body).append(_outline(spec))
    etree.indent(root, _STEP)
    return _bytes(root.getroottree())


def add_feed(opml: bytes, spec: FeedSpec, folder: Path, where: str) -> bytes:
    """The list with one more feed: in the group of its category, else at the end. Raises `OpmlError`, also where
    the list has it already."""
    place = one_spelling(spec.location)
    listed = next((one for one in parse_opml(opml, folder, where) if one_spelling(one.location) == place), None)
    if listed is not None:
        raise OpmlError(where, f"the feed {listed.url!r} stands in it already", "Change it there, or remove it first")
    tree = _tree(opml, where)
    _append(_place_for(_category(spec), tree.find("body")), _outline(spec))
    return _bytes(tree)


def remove_feed(opml: bytes, address: str, folder: Path, where: str) -> bytes:
    """The list without the feed of that address, written as in the list, as it is shown, or as an absolute path.
    Raises `OpmlError`, also where the list lacks it."""
    parse_opml(opml, folder, where)
    asked = address.strip()
    tree = _tree(opml, where)
    for outline in _feeds(tree.find("body")):
        listed = _address(outline)
        same_place = one_spelling(asked) == one_spelling(location(listed, folder))
        if same_place or asked in (listed, masked(listed)):
            _remove(outline)
            return _bytes(tree)
    raise OpmlError(where, f"it has no feed {address!r}", "'citydesk feeds list' shows the feeds that it has")


def import_feeds(
    opml: bytes, other: bytes, folder: Path, other_folder: Path, where: str, other_where: str
) -> tuple[bytes, list[FeedSpec]]:
    """The list with those feeds of another that it lacks, in groups of the same names, and which these are.

    Paths are written anew from `folder` where they lie below it. Raises `OpmlError`.
    """
    known = {one_spelling(spec.location) for spec in parse_opml(opml, folder, where)}
    parse_opml(other, other_folder, other_where, doubles=True)
    tree, source = _tree(opml, where), _tree(other, other_where)
    taken: set[str] = set()
    for outline in _feeds(source.find("body")):
        place = location(_address(outline), other_folder)
        if one_spelling(place) in known | taken:
            continue
        taken.add(one_spelling(place))
        copied = etree.Element("outline", outline.attrib)
        if "://" not in place:
            path = Path(place)
            copied.set("xmlUrl", path.relative_to(folder).as_posix() if path.is_relative_to(folder) else place)
        _append(_group_like(outline.getparent(), tree.find("body")), copied)
    merged = _bytes(tree)
    return merged, [spec for spec in parse_opml(merged, folder, where) if one_spelling(spec.location) in taken]


def export_opml(opml: bytes, folder: Path, where: str) -> bytes:
    """The list for another place: relative paths made absolute. Raises `OpmlError`."""
    parse_opml(opml, folder, where)
    tree = _tree(opml, where)
    for outline in _feeds(tree.find("body")):
        outline.set("xmlUrl", location(_address(outline), folder))
    return _bytes(tree)


def _tree(data: bytes, where: str) -> Any:
    """Called with what `parse_opml` has read, hence without entities and with a body."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as error:
        raise OpmlError(where, "this is not well-formed XML", "Correct that line", line=error.lineno) from error


def _bytes(tree: Any) -> bytes:
    """The document, what stands outside its root a line each: libxml2 would run these together."""
    root = tree.getroot()
    around = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    parts = [etree.tostring(part, encoding="UTF-8", xml_declaration=False, with_tail=False) for part in around]
    doctype = [tree.docinfo.doctype.encode()] if tree.docinfo.doctype else []
    return b"\n".join([_DECLARATION, *doctype, *parts, b""])


def _address(outline: Any) -> str:
    return str(outline.get("xmlUrl") or "").strip()


def _feeds(parent: Any) -> Iterator[Any]:
    """The outlines that are feeds, in the order of the document."""
    for outline in parent.iterchildren("outline"):
        if _address(outline):
            yield outline
        else:
            yield from _feeds(outline)


def _outline(spec: FeedSpec) -> Any:
    title = _line(spec.title) or plain(masked(spec.url))
    attributes = {
        "type": "rss",
        "text": title,
        "title": title,
        "xmlUrl": plain(spec.url),
        "language": spec.language or "",
        "category": _category(spec),
        "fullText": "yes" if spec.full_text else "",
    }
    return etree.Element("outline", {name: value for name, value in attributes.items() if value})


def _category(spec: FeedSpec) -> str:
    return _line(spec.category).split(",")[0].strip().strip("/").strip()


def _line(text: str) -> str:
    return clean_title(text, is_html=False)


def _name(group: Any) -> str:
    return _line(group.get("title") or group.get("text") or "")


def _category_of(outline: Any) -> str:
    """As reading has it: its own, else that of the nearest group."""
    own = str(outline.get("category") or "").split(",")[0].strip().strip("/")
    parent = outline.getparent()
    return own or ("" if parent.tag != "outline" else _category_of(parent) or _name(parent))


def _place_for(category: str, body: Any) -> Any:
    """The group of that name, else the one where the last feed of that category is, else the body."""
    if category:
        for group in body.iter("outline"):
            if not _address(group) and _name(group) == category:
                return group
        for outline in reversed(list(_feeds(body))):
            if _category_of(outline) == category:
                return outline.getparent()
    return body


def _group_like(group: Any, body: Any) -> Any:
    """The group of `body` with the same path of names; made where it is missing."""
    if group.tag != "outline":
        return body
    parent = _group_like(group.getparent(), body)
    for own in parent.iterchildren("outline"):
        if not _address(own) and _name(own) == _name(group):
            return own
    made = etree.Element("outline", group.attrib)
    _append(parent, made)
    return made


def _append(parent: Any, child: Any) -> None:
    if len(parent):
        last = parent[-1]
        before, after = parent.text, last.tail
        last.tail = before
    else:
        after = _before(parent)
        before = f"{after}{_STEP}" if "\n" in after else after
        parent.text = before
    child.tail = after
    parent.append(child)


def _before(element: Any) -> str:
    """The white space that the line of an element begins with."""
    previous = element.getprevious()
    text = previous.tail if previous is not None else element.getparent().text
    return "\n" + (text or "").rpartition("\n")[2] if "\n" in (text or "") else ""


def _remove(element: Any) -> None:
    parent, previous = element.getparent(), element.getprevious()
    if element.getnext() is None:
        if previous is not None:
            previous.tail = element.tail
        else:
            parent.text = element.tail
    parent.remove(element)
