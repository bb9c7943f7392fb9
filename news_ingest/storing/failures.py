"""What databases and file systems refuse, told as `StoreError` in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from news_ingest.errors import StoreError

_Told = tuple[str, str]

_FULL = ("there is no room left on the disk", "Free some space and run it again: what was stored before is intact")
_LOCKED = ("another process has kept it locked for too long", "Wait until that one has ended, and run it again")
_READ_ONLY = ("it may not be written to", "Check the permissions of the file, or those of the database's user")
_DAMAGED = ("it is damaged, or no database at all", "Put back a copy of it, or move it away to begin anew")
_CLOSED = ("the server ended the connection", "Run it again when the server is back")

_SQLITE: dict[int, _Told] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_POSTGRESQL: dict[str, _Told] = {
    "53100": _FULL,
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "57P01": _CLOSED,
    "57P02": _CLOSED,
    "28P01": ("the server refused user or password", "Correct them in the database's address"),
    "28000": ("the server does not let this user in", "Correct the address, or the server's pg_hba.conf"),
    "3D000": ("the server has no such database", "Make it (createdb), or correct its name in the address"),
    "53300": ("the server has too many connections already", "Close some, or raise its max_connections"),
    "57P03": ("the server is starting or stopping", "Run it again in a minute"),
}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn the library's and the file system's errors into `StoreError`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(where, *_told(error)) from error
    except UnicodeError as error:
        raise StoreError(
            where,
            f"a text holds characters that can't be stored ({error})",
            "Correct the feed, or leave it out",
        ) from error
    except (ConnectionError, TimeoutError) as error:  # pg8000 lets some of the network's through
        raise StoreError(where, *_CLOSED) from error
    except OSError as error:
        raise StoreError(
            where,
            f"the database's folder can't be made ({error.strerror})",
            "Check the path and its permissions",
        ) from error
    except ImportError as error:
        raise StoreError(
            where,
            f"its driver is not installed ({error})",
            "Install the driver, or use an sqlite:/// address",
        ) from error


def _told(error: SQLAlchemyError) -> _Told:
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorcode", None)
    # The lowest byte is the kind, the others say more about it.
    if code is not None and code & 0xFF in _SQLITE:
        return _SQLITE[code & 0xFF]
    said = cause.args[0] if cause is not None and cause.args else None
    if isinstance(said, dict):  # PostgreSQL's fields: C is the code, M the message
        if said.get("C") in _POSTGRESQL:
            return _POSTGRESQL[said["C"]]
        return _refused(str(said.get("M", cause)))
    if type(cause).__name__ == "InterfaceError" and type(cause).__module__.startswith("pg8000"):
        return (f"the server can't be reached ({_line(cause)})", "Start it, or correct host and port in the address")
    return _refused(_line(cause or error))


def _refused(reason: str) -> _Told:
    return (
        f"the database refused ({reason})",
        "Check that the file or server is there, free to write and not in use",
    )


def _line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
