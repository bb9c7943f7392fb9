"""The command line: which commands there are, and how an error becomes a sentence and an exit status."""

import sys

import typer

from citydesk.commands import (
    articles,
    ask,
    chat,
    content,
    doctor,
    feeds,
    index,
    ingest,
    publish,
    reindex,
    run,
    search,
    serve_actions,
    serve_bot,
    train,
)
from citydesk.commands import eval as evaluate

app = typer.Typer(
    name="citydesk",
    help="CityDesk answers from what the city has published, in the reader's language, and names its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("chat")(chat.command)
app.command("run")(run.command)
app.command("ask")(ask.command)
app.command("search")(search.command)
app.command("eval")(evaluate.command)
app.command("ingest")(ingest.command)
app.add_typer(feeds.app)
app.add_typer(content.app)
app.add_typer(articles.app)
app.command("publish")(publish.command)
app.command("reindex")(reindex.command)
app.add_typer(index.app)
app.command("train")(train.command)
app.command("doctor")(doctor.command)
app.command("serve-actions", hidden=True)(serve_actions.command)
app.command("serve-bot", hidden=True)(serve_bot.command)


@app.callback()
def _root() -> None:
    # Without a callback, Typer would drop the command names were there ever only one command.
    pass


def main() -> None:
    """Run the command line. Ends with exit status 0, 1 for a failure, 2 for misuse."""
    from citydesk.errors import exit_status_of

    try:
        app(prog_name="citydesk")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        status = exit_status_of(error)
        if status is None:
            raise
        print(f"citydesk: {error}", file=sys.stderr)
        sys.exit(status)
