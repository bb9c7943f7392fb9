"""`citydesk run`: all servers together, in the foreground."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    until_stdin_closes: Annotated[
        bool, typer.Option("--until-stdin-closes", hidden=True, help="End when standard input closes.")
    ] = False,
    log_dir: Annotated[
        Path | None,
        typer.Option("--log-dir", help="Write one log file per server there, not to the terminal."),
    ] = None,
    bot: Annotated[
        bool, typer.Option("--bot/--no-bot", help="With the Telegram gateway, where a token is set.")
    ] = True,
) -> None:
    """Start the action server, Rasa and (with TELEGRAM_BOT_TOKEN) the Telegram bot. Ctrl-C ends all."""
    from citydesk.output import say
    from citydesk.processes import run_servers
    from citydesk.readiness import wait_until_ready
    from citydesk.servers import all_servers, check_startable, log_file
    from citydesk.settings import load_settings

    settings = load_settings()
    servers = all_servers(settings, with_bot=bot)
    check_startable(settings, servers)
    if bot and settings.telegram_token is None:
        say("TELEGRAM_BOT_TOKEN is not set: starting without the Telegram bot.")

    def tell_when_ready() -> None:
        wait_until_ready(servers, lambda: True, lambda name: log_file(settings, name), say, limit=float("inf"))
        say("CityDesk is ready. Talk to it with 'citydesk chat'; Ctrl-C ends it.")

    status = run_servers(servers, log_dir=log_dir, until_stdin_closes=until_stdin_closes, on_started=tell_when_ready)
    raise typer.Exit(status)
