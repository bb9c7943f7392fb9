"""`citydesk ingest`: fetch feeds, store what is new or changed, index it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings
    from knowledge.index.build import BuildReport
    from news_ingest.ingest import IngestReport


def command(
    feed: Annotated[
        list[str] | None,
        typer.Option("--feed", help="Address or file of a feed; may be repeated. Default: content/feeds.opml."),
    ] = None,
    no_index: Annotated[bool, typer.Option("--no-index", help="Store only; 'citydesk reindex' indexes later.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until ended.")] = False,
    every: Annotated[float, typer.Option(min=1, help="Minutes between two rounds of --watch.")] = 15,
    as_json: JsonOption = False,
) -> None:
    """Fetch feeds, store what is new or changed, index it. Feeds that fail are named; the others go on."""
    import time

    from citydesk.settings import load_settings

    settings = load_settings()
    while True:
        succeeded = _round(settings, feed or [], index=not no_index, as_json=as_json)
        if not watch:
            raise typer.Exit(0 if succeeded else 1)
        time.sleep(every * 60)


def _round(settings: "Settings", feeds: list[str], *, index: bool, as_json: bool) -> bool:
    """One round over all feeds; whether it counts as a success."""
    from citydesk.output import print_json, say
    from citydesk.wiring import run_ingest

    report = run_ingest(settings, feeds, say)
    built, problem = _indexed(settings) if index else (None, None)
    if as_json:
        print_json({**as_dict(report), "ok": report.ok and problem is None, "index": built, "index_error": problem})
    else:
        print(f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged articles.")
        if built is not None and built.changed:
            print(f"Index {built.generation}: {built.documents} documents, {built.passages} passages.")
    if problem:
        say(f"citydesk: The articles are stored, but not indexed. {problem}")
    return report.ok and problem is None


def _indexed(settings: "Settings") -> "tuple[BuildReport | None, str | None]":
    """What indexing came to, or why it did not come about: by then the articles are stored, and that must be told."""
    from citydesk.output import say
    from citydesk.wiring import build_index
    from knowledge.errors import KnowledgeError

    try:
        return build_index(settings, say), None
    except KnowledgeError as error:
        return None, str(error)


def as_dict(report: "IngestReport") -> dict[str, Any]:
    """A report as machines read it: the counts, and what came of each feed."""
    feeds = [
        {
            "url": result.spec.url,
            "status": result.status,
            "new": result.new,
            "changed": result.changed,
            "unchanged": result.unchanged,
            "warnings": list(result.warnings),
            "error": result.error,
            "error_kind": result.error_kind,
        }
        for result in report.results
    ]
    counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
    return {"ok": report.ok, **counts, "feeds": feeds}
