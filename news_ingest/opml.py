"""The editors' list of feeds (OPML) to feed specifications."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from news_ingest.errors import OpmlError
from news_ingest.fetching.files import file_path
from news_ingest.links import masked, one_spelling
from news_ingest.parsing.clean import clean_title
from news_ingest.subjects.language import match_tag
from news_ingest.values import FeedSpec

SAMPLE = "sample"
"""The category of feeds that stand in for real ones."""

_FORMS = {"rss", "atom", "rdf", "feed"}
_YES = {"yes", "true", "1"}


def read_opml(path: Path) -> list[FeedSpec]:
    """The feeds in the file's order; relative paths count from its folder. Raises `OpmlError`."""
    return parse_opml(opml_bytes(path), Path(path).resolve().parent, str(path))


def opml_bytes(path: Path) -> bytes:
    """The file as it is. Raises `OpmlError`."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise OpmlError(str(path), "there is no such file", "Make it, or name another list of feeds") from error
    except OSError as error:
        raise OpmlError(
            str(path), f"the file can't be read ({error.strerror})", "Check the path and its permissions"
        ) from error


def parse_opml(data: bytes, folder: Path, where: str, *, doubles: bool = False) -> list[FeedSpec]:
    """The feeds of an OPML document in its order; relative paths count from `folder`. Raises `OpmlError`.

    `doubles`: whether a feed may stand in it twice, as it does in lists where one feed lies in two folders.
    """
    try:
        root = ElementTree.fromstring(data)
    except ParseError as error:
        reason = str(error).partition(":")[0]
        raise OpmlError(
            where, f"this is not well-formed XML ({reason})", "Correct that line", line=error.position[0]
        ) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise OpmlError(
            where,
            "it declares entities or an encoding that are not allowed",
            "Remove the DOCTYPE and save it as UTF-8",
        ) from error
    body = root.find("body") if root.tag == "opml" else None
    if body is None:
        raise OpmlError(
            where,
            f"this is no OPML (its root is <{root.tag}>, or <body> is missing)",
            'Start it with <opml version="2.0"><head/><body>',
        )
    specs = list(_outlines(body, "", folder, where))
    if not doubles:
        _refuse_doubles(specs, where)
    return specs


def feed_spec(address: str, folder: Path | None = None) -> FeedSpec:
    """A feed that stands in no list: an http(s) address, a path (from `folder`) or a `file:` URL."""
    return FeedSpec(url=address, location=location(address, folder or Path.cwd()))


def select_feeds(specs: Sequence[FeedSpec], addresses: Sequence[str]) -> list[FeedSpec]:
    """The feeds that `addresses` name, as the list has them where it does: none may be stored twice. An address may
    also be as it is shown, its password hidden."""
    chosen = []
    for address in addresses:
        place = location(address, Path.cwd())
        known = (
            spec
            for spec in specs
            if address in (spec.url, masked(spec.url)) or one_spelling(place) == one_spelling(spec.location)
        )
        chosen.append(next(known, None) or FeedSpec(place, place))
    return list(dict.fromkeys(chosen))


def _outlines(parent: Element, category: str, folder: Path, where: str) -> Iterator[FeedSpec]:
    for outline in parent.findall("outline"):
        # Where the address stands for a title, its password does not: titles are for everyone.
        name = masked(clean_title(outline.get("title") or outline.get("text") or "", is_html=False))
        own = (outline.get("category") or "").split(",")[0].strip().strip("/") or category
        address = (outline.get("xmlUrl") or "").strip()
        if address:
            language = match_tag(outline.get("language"))
            whole = (outline.get("fullText") or "").strip().lower() in _YES
            yield FeedSpec(address, location(address, folder), name, language, own, own == SAMPLE, whole)
        elif (outline.get("type") or "").lower() in _FORMS:
            raise OpmlError(
                where,
                f"the feed {name or 'without a title'!r} has no xmlUrl",
                "Add its address, or remove the outline",
            )
        else:
            yield from _outlines(outline, own or name, folder, where)


def location(address: str, folder: Path) -> str:
    """Where a feed of a list in `folder` is fetched from: the http(s) address itself, else an absolute path."""
    if "://" in address and not address.lower().startswith("file:"):
        return address
    return str((folder / file_path(address).expanduser()).resolve())


def _refuse_doubles(specs: Sequence[FeedSpec], where: str) -> None:
    seen: set[str] = set()
    for spec in specs:
        place = one_spelling(spec.location)
        if place in seen:
            raise OpmlError(where, f"the feed {spec.url!r} stands in it twice", "Remove one of the two")
        seen.add(place)
