"""`citydesk ingest`: fetch feeds, store what is new or changed, index it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings
    from knowledge.index.build import BuildReport
    from news_ingest.results import FeedResult, IngestReport


def command(
    feed: Annotated[
        list[str] | None,
        typer.Option("--feed", help="Address or file of a feed; may be repeated. Default: content/feeds.opml."),
    ] = None,
    no_index: Annotated[bool, typer.Option("--no-index", help="Store only; 'citydesk reindex' indexes later.")] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Ask feeds too that are waiting after a failure, or are gone for good.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until ended: each feed when it is due.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch feeds, store what is new or changed, index it. Feeds that fail are named; the others go on."""
    from citydesk.settings import load_settings

    settings = load_settings()
    if watch:
        from citydesk.watching import watch_feeds

        watch_feeds(settings, feed or [], index=not no_index, show=_shown_as_json if as_json else _shown)
        return
    from citydesk.news import one_at_a_time, run_ingest
    from citydesk.output import say

    with one_at_a_time(settings):
        # A feed that is named is to be asked, whatever it did before.
        report = run_ingest(settings, feed or [], say, retry=retry or bool(feed))
        built, problem = _indexed(settings) if not no_index else (None, None)
    (_shown_as_json if as_json else _shown)(report, built, problem)
    raise typer.Exit(0 if report.ok and problem is None else 1)


def _indexed(settings: "Settings") -> "tuple[BuildReport | None, str | None]":
    """What indexing came to, or why it did not come about: by then the articles are stored, and that must be told."""
    from citydesk.news import index_news
    from citydesk.output import say
    from knowledge.errors import KnowledgeError

    try:
        return index_news(settings, say), None
    except KnowledgeError as error:
        return None, str(error)


def _shown_as_json(report: "IngestReport", built: "BuildReport | None", problem: str | None) -> None:
    from citydesk.output import print_json, say

    print_json({**as_dict(report), "ok": report.ok and problem is None, "index": built, "index_error": problem})
    if problem:
        say(f"citydesk: The articles are stored, but not indexed. {problem}")


def _shown(report: "IngestReport", built: "BuildReport | None", problem: str | None) -> None:
    from citydesk.output import print_table, say

    if len(report.results) > 1:
        print_table("Feeds", _COLUMNS, [_cells(result) for result in report.results], widths=_WIDTHS)
    print(f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged articles.")
    if report.failed:
        print("Of what failed, `citydesk feeds list` says more, and what to do.")
    if built is not None and built.changed:
        print(f"Index {built.generation}: {built.documents} documents, {built.passages} passages.")
    if problem:
        say(f"citydesk: The articles are stored, but not indexed. {problem}")


_COLUMNS = ["Feed", "Result", "New", "Changed", "Unchanged", "Gone", "Warnings"]
_WIDTHS = {"Feed": 22, "Result": 24}
"""Cells are broken so that the table has no more than 100 columns."""


def _cells(result: "FeedResult") -> list[str]:
    from citydesk.telling import in_short
    from news_ingest.links import masked

    counts = (result.new, result.changed, result.unchanged, result.gone, len(result.warnings))
    name = masked(result.spec.title or result.spec.url)
    return [name, in_short(result, datetime.now(UTC)), *(str(count) if count else "" for count in counts)]


def as_dict(report: "IngestReport") -> dict[str, Any]:
    """A report as machines read it: the counts, and what came of each feed."""
    from news_ingest.links import masked

    feeds = [
        {
            "url": masked(result.spec.url),
            "status": result.status,
            "new": result.new,
            "changed": result.changed,
            "unchanged": result.unchanged,
            "gone": result.gone,
            "warnings": [masked(warning) for warning in result.warnings],
            "error": result.error,
            "error_kind": result.error_kind,
            "until": result.until,
        }
        for result in report.results
    ]
    counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged, "gone": report.gone}
    return {"ok": report.ok, **counts, "feeds": feeds}
