"""`citydesk train`: train the dialogue model."""

from typing import Annotated

import typer

from citydesk.commands.options import JsonOption


def command(
    force: Annotated[bool, typer.Option("--force", help="Train even when nothing has changed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train Rasa's model from nlu/, config.yml and the questions of the FAQ, when any of them has changed."""
    from citydesk.output import print_json, say
    from citydesk.settings import load_settings
    from citydesk.training import taught, train

    settings = load_settings()
    report = train(settings, taught(settings), say, force=force)
    if as_json:
        print_json(report)
    elif report.trained:
        print(f"The dialogue model is ready: {report.model} (trained in {report.seconds:.0f} s).")
    else:
        print(f"The dialogue model is up to date: {report.model}. (--force trains it anyway.)")
