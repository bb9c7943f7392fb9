"""`citydesk feeds`: the list of feeds shown with how they are doing, and changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings
    from news_ingest.deciding.health import Worry
    from news_ingest.values import FeedHealth, FeedSpec

app = typer.Typer(
    name="feeds",
    help="Show the feeds and how they are doing; add, remove, import and export them (OPML).",
    no_args_is_help=True,
)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of the list, or one that was (`listed` false) and has articles still. Times are aware, in UTC."""

    url: str
    title: str
    language: str | None
    category: str
    listed: bool
    articles: int
    last_fetched: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_due: datetime | None
    retired: bool
    error: str | None
    worries: "tuple[Worry, ...]"


@app.command("list")
def list_feeds(as_json: JsonOption = False) -> None:
    """Show every feed: when it last came in, when it last had something new, when it is next due, what is wrong."""
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import open_articles
    from news_ingest.opml import read_opml

    settings = load_settings()
    listed = read_opml(_list_of(settings))
    store = open_articles(settings)
    try:
        rows = feed_rows(listed, store.feeds(), datetime.now(UTC))
    finally:
        store.close()
    if as_json:
        print_json({"feeds": rows})
        return
    columns = ["feed", "language", "last success", "last new item", "next due", "articles", "worries"]
    print_table("Feeds (times in UTC)", columns, [_cells(row) for row in rows])


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address or file of the feed.", show_default=False)],
    title: Annotated[str, typer.Option("--title", help="What to call it; default: what it calls itself.")] = "",
    language: Annotated[
        str | None, typer.Option("--lang", "-l", help="Its language, where it does not say, such as zh-TW.")
    ] = None,
    category: Annotated[str, typer.Option("--category", help="The group to put it in.")] = "",
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Read the linked pages where it gives only openings.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Add a feed to content/feeds.opml. The next 'citydesk ingest' reads it."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.opml_editing import add_feed
    from news_ingest.values import FeedSpec

    place, known_language = _usable(url), _tag(language)
    path = _list_of(load_settings())
    # Articles are named after what stands in the list: a file beside it by the same path on every machine.
    beside = "://" not in place and Path(place).is_relative_to(path.parent)
    address = Path(place).relative_to(path.parent).as_posix() if beside else place
    spec = FeedSpec(address, place, title, known_language, category, full_text=full_text)
    _replace(path, add_feed(_bytes_of(path), spec, path.parent, str(path)))
    if as_json:
        print_json({"added": [address], "list": path})
    else:
        print(f"{address} is added to {path}. This reads it now: citydesk ingest --feed {place}")


@app.command("remove")
def remove(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the feed, as listed.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Take a feed out of content/feeds.opml. What came from it stays."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.opml import opml_bytes
    from news_ingest.opml_editing import remove_feed

    path = _list_of(load_settings())
    address = str(Path(url).resolve()) if Path(url).is_file() else url
    _replace(path, remove_feed(opml_bytes(path), address, path.parent, str(path)))
    if as_json:
        print_json({"removed": [url], "list": path})
    else:
        print(f"{url} is no longer in {path}. Its articles stay; 'citydesk index hide' takes one out of the answers.")


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Take the feeds of another list into content/feeds.opml, in groups of the same names; none twice."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.opml import opml_bytes
    from news_ingest.opml_editing import import_feeds

    path = _list_of(load_settings())
    folder = file.expanduser().resolve().parent
    merged, added = import_feeds(_bytes_of(path), opml_bytes(file), path.parent, folder, str(path), str(file))
    if added:
        _replace(path, merged)
    if as_json:
        print_json({"added": [spec.url for spec in added], "list": path})
        return
    for spec in added:
        print(f"{spec.title or spec.url}: {spec.url}")
    print(f"{len(added)} feeds added to {path}." if added else f"{path} has all of these feeds already.")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The OPML file to write.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Write content/feeds.opml to another place, its relative paths made absolute."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.opml import opml_bytes, parse_opml
    from news_ingest.opml_editing import export_opml

    path = _list_of(load_settings())
    listed = opml_bytes(path)
    if file.expanduser().resolve() == path:
        raise typer.BadParameter("that is the list itself; name another file.", param_hint="FILE")
    _replace(file.expanduser(), export_opml(listed, path.parent, str(path)))
    count = len(parse_opml(listed, path.parent, str(path)))
    if as_json:
        print_json({"exported": count, "file": file})
    else:
        print(f"{count} feeds written to {file}.")


def feed_rows(listed: "Sequence[FeedSpec]", known: "Sequence[FeedHealth]", now: datetime) -> list[FeedRow]:
    """The feeds of the list in its order, asked or not yet, then those that are in the store alone."""
    from news_ingest.values import FeedHealth

    healths = {health.url: health for health in known}
    specs = {spec.url: spec for spec in listed}
    for url, spec in specs.items():
        healths.setdefault(url, FeedHealth(url, spec.title, spec.language, None, None, 0))
    order = [*specs, *(url for url in healths if url not in specs)]
    return [_row(specs.get(url), healths[url], now) for url in order]


def _row(spec: "FeedSpec | None", health: "FeedHealth", now: datetime) -> FeedRow:
    from news_ingest.deciding.health import worries

    standing = health.standing
    return FeedRow(
        url=health.url,
        title=(spec.title if spec else "") or health.title or health.url,
        language=(spec.language if spec else None) or health.language,
        category=spec.category if spec else "",
        listed=spec is not None,
        articles=health.articles,
        last_fetched=health.last_fetched,
        last_success=standing.last_success,
        last_new=standing.last_new,
        next_due=standing.next_due if spec else None,
        retired=standing.retired,
        error=health.last_error,
        # Of a feed that is no longer read there is nothing to worry about, and from a sample nothing new will come.
        worries=tuple(one for one in worries(health, now) if not (spec.sample and one.kind == "silent"))
        if spec
        else (),
    )


def _cells(row: FeedRow) -> list[str]:
    title = row.title if row.title == row.url else f"{row.title}\n{row.url}"
    due = "retired" if row.retired else _time(row.next_due)
    notes = [worry.text for worry in row.worries] if row.listed else ["No longer in the list; its articles are kept."]
    times = [_time(row.last_success), _time(row.last_new), due]
    return [title, row.language or "–", *times, str(row.articles), "\n".join(notes) or "–"]


def _time(moment: datetime | None) -> str:
    return "–" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _usable(url: str) -> str:
    """An http(s) address as it is, a file by its absolute path."""
    from news_ingest.errors import FeedAddressInvalid
    from news_ingest.links import http_link
    from news_ingest.opml import feed_spec

    try:
        place = feed_spec(url.strip()).location
    except FeedAddressInvalid as error:
        raise typer.BadParameter(f"{error}.", param_hint="URL") from error
    if http_link(place):
        return place
    if "://" not in place and Path(place).is_file():
        return place
    raise typer.BadParameter(f"'{url}' is neither an http(s) address nor a file.", param_hint="URL")


def _tag(language: str | None) -> str | None:
    from news_ingest.subjects.language import match_tag

    if language is None:
        return None
    tag = match_tag(language)
    if tag is None:
        raise typer.BadParameter(f"'{language}' is no language tag such as en or zh-TW.", param_hint="--lang")
    return tag


def _list_of(settings: "Settings") -> Path:
    return (settings.content_dir / "feeds.opml").resolve()


def _bytes_of(path: Path) -> bytes:
    """The list; an empty one where there is none yet."""
    from news_ingest.opml import opml_bytes
    from news_ingest.opml_editing import EMPTY

    return opml_bytes(path) if path.exists() else EMPTY


def _replace(path: Path, data: bytes) -> None:
    from news_ingest.errors import OpmlError
    from news_ingest.publishing.files import replace_file

    try:
        replace_file(path, data)
    except OSError as error:
        problem = f"the file can't be written ({error.strerror or error})"
        raise OpmlError(str(path), problem, "Check the folder, its permissions and the room on the disk") from error
