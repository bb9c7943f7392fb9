"""`citydesk chat`: talk to CityDesk in the terminal."""

import os
from collections.abc import Mapping

import typer

from citydesk.commands.options import LanguageOption


def command(lang: LanguageOption = None) -> None:
    """Ask questions in the terminal; servers that are not running are started for the length of the chat."""
    import asyncio
    import secrets
    import sys

    from bot.terminal import chat
    from citydesk.companions import running_servers
    from citydesk.output import say
    from citydesk.settings import load_settings
    from citydesk.wiring import rasa_client, wording

    async def talk() -> int:
        async with rasa_client(settings) as client:
            sender = f"terminal-{secrets.token_hex(8)}"
            return await chat(client, words, language, sys.stdin, sys.stdout, sender=sender)

    settings = load_settings()
    words = wording(settings)
    language = lang or system_language(os.environ)
    with running_servers(settings, say):
        status = asyncio.run(talk())
    raise typer.Exit(status)


def system_language(environment: Mapping[str, str]) -> str | None:
    """The language tag of the terminal's locale (`zh-TW` for `zh_TW.UTF-8`); None for C or no locale."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable)
        if value:
            tag = value.split(".", 1)[0].split("@", 1)[0].replace("_", "-")
            return None if tag in ("C", "POSIX") else tag
    return None
