"""The file of the editors' list of feeds: read, and changed by one process at a time."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from citydesk.errors import ListBusyError
from citydesk.settings import Settings
from knowledge.errors import IndexBusy
from knowledge.index.locking import exclusive
from news_ingest.errors import OpmlError
from news_ingest.opml import opml_bytes
from news_ingest.opml_editing import EMPTY
from news_ingest.publishing.files import replace_file

_PATIENCE = 10.0
"""Seconds to wait for another process: a change takes far less."""


def list_of(settings: Settings) -> Path:
    """Where the list is, links followed."""
    return (settings.content_dir / "feeds.opml").resolve()


def list_bytes(path: Path) -> bytes:
    """The list; an empty one where there is none yet. Raises `OpmlError`."""
    return opml_bytes(path) if path.exists() else EMPTY


@contextmanager
def editing(path: Path, wait: float = _PATIENCE) -> Iterator[None]:
    """The right to change the list at `path`, from reading it to writing it. The lock is a file beside the list.

    Raises `ListBusyError` when another process has it for longer than `wait`, `OpmlError` where it can't be had.
    """
    if not path.parent.is_dir():
        raise OpmlError(str(path), "there is no such folder", "Check CITYDESK_CONTENT_DIR")
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(path.with_name(f".{path.name}.lock"), wait))
        except IndexBusy as error:
            raise ListBusyError(path, error.holder) from None
        except OSError as error:
            raise _unwritable(path, error) from error
        yield


def write_list(path: Path, data: bytes) -> None:
    """Put a list at `path`, whole or not at all. Raises `OpmlError`."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OpmlError:
    problem = f"the file can't be written ({error.strerror or error})"
    return OpmlError(str(path), problem, "Check the folder, its permissions and the room on the disk")
