"""`citydesk reindex`: build the next generation of the index, or show what it would change."""

from typing import TYPE_CHECKING, Annotated

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings
    from knowledge.index.preview import Preview


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show which documents and answers would change; change nothing.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Build anew even what has not changed.")] = False,
    release: Annotated[bool, typer.Option("--release", help="Take in what a rollback has kept out.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait while another process is building.")] = 30,
    as_json: JsonOption = False,
) -> None:
    """Index the FAQ and the stored news. Readers see the new index at once, or the old one until then."""
    from citydesk.output import print_json, say
    from citydesk.settings import load_settings
    from citydesk.wiring import build_index

    settings = load_settings()
    if dry_run:
        _show(settings, full=full, release=release, as_json=as_json)
        return
    report = build_index(settings, say, full=full, release=release, wait=wait)
    if as_json:
        print_json(report)
        return
    counts = f"{report.documents} documents, {report.passages} passages"
    if report.changed:
        differs = f"{report.added} added, {report.updated} changed, {report.removed} removed"
        print(f"Index {report.generation}: {counts} ({differs}), built in {report.seconds:.1f} s.")
    else:
        print(f"Index {report.generation} is up to date: {counts}.")
    if report.held:
        print(f"{report.held} documents stay as they are since a rollback, until changed. (--release takes them in)")


def _show(settings: "Settings", *, full: bool, release: bool, as_json: bool) -> None:
    from citydesk.output import print_json, say
    from citydesk.wiring import preview_index

    found = preview_index(settings, say, full=full, release=release)
    if as_json:
        print_json(found)
        return
    counts = f"{found.documents} documents, {found.passages} passages"
    print(f"Dry run: {counts}; {'the index would change' if found.changed else 'nothing would change'}.")
    for line in _tables(found):
        print(line)


def _tables(found: "Preview") -> list[str]:
    """Prints what differs as tables; gives the sentences that belong below them."""
    from citydesk.output import print_table

    groups = (("added", found.added), ("changed", found.updated), ("removed", found.removed))
    rows = [[name, item.id, item.language, item.title] for name, items in groups for item in items]
    if rows:
        print_table("Documents", ["", "id", "language", "title"], rows)
    if found.answers:
        changes = [[a.question, a.language, _answer(a.before), _answer(a.after)] for a in found.answers]
        print_table("Questions of the FAQ whose best answer changes", ["question", "language", "now", "then"], changes)
    lines = [f"Golden question: {problem}" for problem in found.broken]
    if found.asked:
        lines.append(f"{found.asked} of {found.questions} FAQ questions asked: {len(found.answers)} answers change.")
    if found.held:
        lines.append(f"{found.held} documents stay as they are since a rollback. (--release takes them in)")
    return lines


def _answer(answer: tuple[str, str | None]) -> str:
    status, document = answer
    return f"{document} ({status})" if document else status
