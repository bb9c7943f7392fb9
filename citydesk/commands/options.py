"""Options that several commands share, and the check of a language's name."""

from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output on standard output.")]


def _language(value: str | None) -> str | None:
    if value is None:
        return None
    from citydesk.settings import load_settings
    from wording.languages import FILE, Languages

    languages = Languages.read(load_settings().content_dir / FILE)
    matched = languages.match(value)
    if matched is None:
        raise typer.BadParameter(f"'{value}' is not spoken here; choose one of {', '.join(languages)}.")
    return matched


LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang", "-l", help="Language of the answer, as en, zh-Hant, ja, ko.", callback=_language, show_default=False
    ),
]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise typer.BadParameter("must not be empty.")
    return value


TextArgument = Annotated[str, typer.Argument(help="What is asked or looked for.", callback=_not_blank)]
