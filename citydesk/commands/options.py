"""Options that several commands share, and the check of a language's name."""

from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output on standard output.")]


def _language(value: str | None) -> str | None:
    from wording.languages import LANGUAGES, match_language

    if value is None:
        return None
    matched = match_language(value)
    if matched is None:
        raise typer.BadParameter(f"'{value}' is not spoken here; choose one of {', '.join(LANGUAGES)}.")
    return matched


LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", "-l", help="Language: en, zh-Hant or ja.", callback=_language, show_default=False),
]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise typer.BadParameter("must not be empty.")
    return value


TextArgument = Annotated[str, typer.Argument(help="What is asked or looked for.", callback=_not_blank)]
