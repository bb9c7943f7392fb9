"""`citydesk index`: the generations of the search index, looked at, switched, checked; documents hidden and shown."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from knowledge.index.status import IndexStatus

app = typer.Typer(
    name="index",
    help="Look at the search index, go back to an earlier one, check it, hide documents.",
    no_args_is_help=True,
)

DocumentArgument = Annotated[str, typer.Argument(metavar="ID", help="A document, as 'citydesk search' names it.")]


@app.command("status")
def status(as_json: JsonOption = False) -> None:
    """Show the generation in force, those kept beside it, and what is hidden or held back."""
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import index_overview

    found = index_overview(load_settings())
    if as_json:
        print_json(as_dict(found))
        return
    rows = [
        ["→" if kept.in_force else "", kept.generation, _time(kept.created), kept.parent or "–", str(kept.documents)]
        for kept in reversed(found.kept)
    ]
    print_table("Generations of the index", ["", "generation", "created (UTC)", "parent", "documents"], rows)
    print(f"{found.documents} documents, {found.passages} passages in {found.segments} segments; ", end="")
    print(f"{found.removed_share:.1%} of the passages on disk are no longer in force. Encoder: {found.encoder}.")
    if found.hidden:
        print(f"Hidden: {', '.join(sorted(found.hidden))}. (citydesk index unhide ID)")
    if found.held:
        names = ", ".join(f"{document} [{language}]" for document, language in found.held)
        print(f"Kept as before {found.undone} until their content changes: {names}. (citydesk reindex --release)")


@app.command("rollback")
def rollback(
    generation: Annotated[
        str | None, typer.Argument(help="A kept generation; default: the one before.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Put an earlier generation in force. What it undoes stays undone until the content is changed."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from citydesk.wiring import roll_back

    found = roll_back(load_settings(), generation)
    if as_json:
        print_json(as_dict(found))
        return
    print(f"Index {found.generation} is in force: {found.documents} documents, {found.passages} passages.")
    if found.held:
        print(f"{len(found.held)} documents stay as they are there until their content changes.")


@app.command("verify")
def verify(as_json: JsonOption = False) -> None:
    """Read every file of all kept generations anew; check that vectors, passages and words agree."""
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import verify_index

    verdicts = verify_index(load_settings())
    whole = all(not verdict.problems for verdict in verdicts)
    if as_json:
        print_json({"ok": whole, "generations": verdicts})
    else:
        rows = [
            ["→" if verdict.in_force else "", verdict.generation, "\n".join(verdict.problems) or "whole"]
            for verdict in reversed(verdicts)
        ]
        print_table("Generations of the index", ["", "generation", "found"], rows)
    raise typer.Exit(0 if whole else 1)


@app.command("hide")
def hide(document: DocumentArgument, as_json: JsonOption = False) -> None:
    """Take a document out of all answers at once, in every language; neither reindex nor rollback brings it back."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from citydesk.wiring import hide_document

    changed = hide_document(load_settings(), document)
    if as_json:
        print_json({"id": document, "hidden": True, "changed": changed})
    else:
        print(f"{document} is hidden." if changed else f"{document} was hidden already.")


@app.command("unhide")
def unhide(document: DocumentArgument, as_json: JsonOption = False) -> None:
    """Show a hidden document again."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from citydesk.wiring import unhide_document

    changed = unhide_document(load_settings(), document)
    if as_json:
        print_json({"id": document, "hidden": False, "changed": changed})
    else:
        print(f"{document} is shown again." if changed else f"{document} was not hidden.")


def as_dict(found: "IndexStatus") -> dict[str, Any]:
    """The status as machines read it: times in ISO 8601, UTC."""
    from dataclasses import asdict

    return {
        **asdict(found),
        "created": _time(found.created),
        "kept": [{**asdict(kept), "created": _time(kept.created)} for kept in found.kept],
        "hidden": {document: _time(when) for document, when in found.hidden.items()},
        "held": [{"id": document, "language": language} for document, language in found.held],
    }


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
