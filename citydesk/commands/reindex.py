"""`citydesk reindex`: build the next generation of the index."""

from typing import Annotated

import typer

from citydesk.commands.options import JsonOption


def command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Build anew even where nothing has changed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Index the FAQ and the stored news. Readers see the new index at once, or the old one until then."""
    from citydesk.output import print_json, say
    from citydesk.settings import load_settings
    from citydesk.wiring import build_index

    report = build_index(load_settings(), say, full=full, dry_run=dry_run)
    if as_json:
        print_json(report)
        return
    counts = f"{report.documents} documents, {report.passages} passages"
    if dry_run:
        print(f"Dry run: {counts}; {'the index would change' if report.changed else 'nothing would change'}.")
    elif report.changed:
        print(f"Index {report.generation}: {counts}, built in {report.seconds:.1f} s.")
    else:
        print(f"Index {report.generation} is up to date: {counts}.")
