"""`citydesk doctor`: checks the set-up."""

import typer

from citydesk.commands.options import JsonOption


def command(as_json: JsonOption = False) -> None:
    """Check environments, database, index, model, ports and token; say what mends what is wrong."""
    from citydesk.examination import examine
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings

    findings = examine(load_settings())
    healthy = all(finding.status != "wrong" for finding in findings)
    if as_json:
        print_json({"ok": healthy, "checks": findings})
    else:
        rows = [[f.part, f.status, f.detail, f.remedy or ""] for f in findings]
        print_table("CityDesk's set-up", ["part", "", "found", "what to do"], rows)
    raise typer.Exit(0 if healthy else 1)
