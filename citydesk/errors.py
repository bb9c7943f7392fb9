"""Errors of the command line.

CityDeskError            something failed; exit status 1
├── SettingsError        a setting has a value that cannot be used; exit status 2
├── MissingPartError     something that a command needs has not been made yet; says what makes it
├── ModelError           the dialogue model cannot be used as it is
├── PortBusyError        a port that a server needs belongs to another program
├── ServerError          a server did not start, or ended by itself
├── IngestBusyError      another process takes feeds in
├── ListBusyError        another process changes the list of feeds
├── NotStoredError       there is no such article or feed among those that came in
└── TrainingError        Rasa could not train the dialogue model
"""

from pathlib import Path

OUR_FOLDERS = frozenset({"actions", "bot", "citydesk", "knowledge", "news_ingest", "nlu", "records", "wording"})


class CityDeskError(Exception):
    """Root of the errors that a person at the terminal can meet: the message says what to do."""

    exit_status = 1


class SettingsError(CityDeskError):
    """A setting has a value that cannot be used."""

    exit_status = 2


class MissingPartError(CityDeskError):
    """Something that a command needs has not been made yet."""

    def __init__(self, what: str, where: Path, command: str) -> None:
        super().__init__(f"{what} is missing ({where}). This makes it: {command}")


class ModelError(CityDeskError):
    """The dialogue model is damaged, or does not fit the sentence encoder."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The dialogue model cannot be used: {problem}. Train it anew: citydesk train --force")


class PortBusyError(CityDeskError):
    """A port that a server needs belongs to another program."""

    def __init__(self, server: str, port: int, setting: str) -> None:
        super().__init__(
            f"Port {port} is taken by another program, and {server} needs it. "
            f"End that program, or choose another port: {setting}={port + 100}"
        )
        self.port = port


class ServerError(CityDeskError):
    """A server did not start, or ended by itself."""


class TrainingError(CityDeskError):
    """Rasa could not train the dialogue model."""


class IngestBusyError(CityDeskError):
    """Another process takes feeds in."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"Another process ({holder}) takes feeds in, and only one may at a time. Wait until it is done; a watch "
            f"(citydesk ingest --watch) is to be ended first: kill {holder}"
        )


class ListBusyError(CityDeskError):
    """Another process changes the list of feeds."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            f"Another process ({holder}) is changing {path}, and only one may at a time. Try again when it is done."
        )


class NotStoredError(CityDeskError):
    """There is no such article or feed among those that came in; `command` shows which there are."""

    def __init__(self, what: str, name: str, command: str) -> None:
        super().__init__(f"No {what} '{name}' has come in. This shows what has: {command}")


def exit_status_of(error: Exception) -> int | None:
    """The exit status for an error that one of our folders raised on purpose; None for anything else.

    Every folder keeps its error tree in its own `errors.py`; the command line shows these as one sentence and
    everything else, which can only be a defect, as a traceback.
    """
    if isinstance(error, CityDeskError):
        return error.exit_status
    for ancestor in type(error).__mro__:
        folder, _, module = ancestor.__module__.partition(".")
        if folder in OUR_FOLDERS and module == "errors":
            return 1
    return None
