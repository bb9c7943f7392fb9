"""`citydesk feeds`: the list of feeds shown with how they are doing, and changed."""

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.feed_rows import FeedRow

app = typer.Typer(
    name="feeds",
    help="Show the feeds and how they are doing; add, remove, import and export them (OPML).",
    no_args_is_help=True,
)


@app.command("list")
def list_feeds(as_json: JsonOption = False) -> None:
    """Show every feed: when it last came in, when it last had something new, when it is next due, what is wrong."""
    from citydesk.feed_list import list_of
    from citydesk.feed_rows import feed_rows
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import open_articles
    from news_ingest.opml import read_opml

    settings = load_settings()
    listed = read_opml(list_of(settings))
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
    from citydesk.feed_list import editing, list_bytes, list_of, write_list
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.links import masked
    from news_ingest.opml_editing import add_feed
    from news_ingest.values import FeedSpec

    place, known_language = _usable(url), _tag(language)
    path = list_of(load_settings())
    # Articles are named after what stands in the list: a file beside it by the same path on every machine.
    beside = "://" not in place and Path(place).is_relative_to(path.parent)
    address = Path(place).relative_to(path.parent).as_posix() if beside else place
    spec = FeedSpec(address, place, title, known_language, category, full_text=full_text)
    with editing(path):
        write_list(path, add_feed(list_bytes(path), spec, path.parent, str(path)))
    if as_json:
        print_json({"added": [masked(address)], "list": path})
    else:
        read_it = f"citydesk ingest --feed {shlex.quote(masked(place))}"
        print(f"{masked(address)} is added to {path}. This reads it now: {read_it}")


@app.command("remove")
def remove(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the feed, as listed.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Take a feed out of content/feeds.opml. What came from it stays."""
    from citydesk.feed_list import editing, list_of, write_list
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.links import masked
    from news_ingest.opml import opml_bytes
    from news_ingest.opml_editing import remove_feed

    path = list_of(load_settings())
    address = str(Path(url).resolve()) if Path(url).is_file() else url
    with editing(path):
        write_list(path, remove_feed(opml_bytes(path), address, path.parent, str(path)))
    if as_json:
        print_json({"removed": [masked(url)], "list": path})
    else:
        stays = "Its articles stay; 'citydesk index hide' takes one out of the answers."
        print(f"{masked(url)} is no longer in {path}. {stays}")


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Take the feeds of another list into content/feeds.opml, in groups of the same names; none twice."""
    from citydesk.feed_list import editing, list_bytes, list_of, write_list
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.links import masked
    from news_ingest.opml import opml_bytes
    from news_ingest.opml_editing import import_feeds

    path = list_of(load_settings())
    other, folder = opml_bytes(file), file.expanduser().resolve().parent
    with editing(path):
        merged, added = import_feeds(list_bytes(path), other, path.parent, folder, str(path), str(file))
        if added:
            write_list(path, merged)
    if as_json:
        print_json({"added": [masked(spec.url) for spec in added], "list": path})
        return
    for spec in added:
        print(masked(f"{spec.title}: {spec.url}" if spec.title else spec.url))
    print(f"{len(added)} feeds added to {path}." if added else f"{path} has all of these feeds already.")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The OPML file to write.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Write content/feeds.opml to another place, its relative paths made absolute. Passwords in it are in the copy."""
    from citydesk.feed_list import list_of, write_list
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from news_ingest.opml import opml_bytes, parse_opml
    from news_ingest.opml_editing import export_opml

    path = list_of(load_settings())
    listed = opml_bytes(path)
    if file.expanduser().resolve() == path:
        raise typer.BadParameter("that is the list itself; name another file.", param_hint="FILE")
    write_list(file.expanduser(), export_opml(listed, path.parent, str(path)))
    count = len(parse_opml(listed, path.parent, str(path)))
    if as_json:
        print_json({"exported": count, "file": file})
    else:
        print(f"{count} feeds written to {file}.")


def _cells(row: "FeedRow") -> list[str]:
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
    from news_ingest.links import http_link, masked, meant
    from news_ingest.opml import feed_spec

    try:
        place = feed_spec(url.strip()).location
    except FeedAddressInvalid as error:
        raise typer.BadParameter(f"{error}.", param_hint="URL") from error
    if http_link(place):
        return place
    if "://" not in place and Path(place).is_file():
        return place
    likely = meant(url.strip())
    if likely:
        wrong = f"this is neither an http(s) address nor a file. Did you mean {masked(likely)}?"
    else:
        wrong = f"'{masked(url)}' is neither an http(s) address nor a file."
    raise typer.BadParameter(wrong, param_hint="URL")


def _tag(language: str | None) -> str | None:
    from news_ingest.subjects.language import match_tag

    if language is None:
        return None
    tag = match_tag(language)
    if tag is None:
        raise typer.BadParameter(f"'{language}' is no language tag such as en or zh-TW.", param_hint="--lang")
    return tag
