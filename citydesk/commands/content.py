"""`citydesk content`: look after what editors own."""

from typing import Annotated

import typer

from citydesk.commands.options import JsonOption

SHOWN = 5
"""Things lacking that are named for each language; all of them with --all."""

app = typer.Typer(name="content", help="Look after what editors own.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    # Without a callback, Typer would take the only command for the group itself.
    pass


@app.command("check")
def check(
    everything: Annotated[bool, typer.Option("--all", help="Name everything that is lacking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check that every language has what it should; exit status 1 where something is lacking."""
    from citydesk.completeness import completeness
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings

    found = completeness(load_settings()).check_all()
    lacking = any(language.missing for language in found)
    if as_json:
        print_json(found)
    else:
        columns = ["Language", "", "Subjects", "FAQ", "Drafts", "Examples", "Lacking"]
        rows = [
            [
                one.tag,
                one.autonym,
                one.subjects,
                f"{one.faq}/{one.faq_wanted}",
                str(one.drafts or ""),
                str(one.examples),
                str(len(one.missing)),
            ]
            for one in found
        ]
        print_table("Content", columns, rows)
        for one in found:
            named = one.missing if everything else one.missing[:SHOWN]
            for line in named:
                print(f"{one.tag}: lacks {line}")
            if len(named) < len(one.missing):
                print(f"{one.tag}: … and {len(one.missing) - len(named)} more (--all names them)")
    raise typer.Exit(1 if lacking else 0)
