"""`citydesk serve-bot`: the Telegram gateway in the foreground (started by `citydesk run`)."""

import typer


def command() -> None:
    """Serve Telegram until ended."""
    from citydesk.settings import load_settings
    from citydesk.wiring import serve_bot

    raise typer.Exit(serve_bot(load_settings()))
