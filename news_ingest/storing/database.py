"""The engine: SQLite's pragmas set, the tables brought up to date, the library's errors translated."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from news_ingest.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "news_ingest_version"
"""Alembic's own table, named for this room: others may keep tables in the same database."""

_WRITES = "news_ingest_writes"
_BUSY_MS = 30_000


def open_engine(database_url: str) -> Engine:
    """An engine for `database_url`; makes the folder of an SQLite file. Raises `StoreError`."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise StoreError(
            database_url, "this is no database address", "Write it like sqlite:///var/citydesk.db"
        ) from error
    where = url.render_as_string(hide_password=True)
    with translated(where):
        _make_folder(url)
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they lock at once, and don't fail half-way."""
    return engine.execution_options(**{_WRITES: True})


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form. Safe when several processes start at once. Raises `StoreError`."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with translated(address(engine)), writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def address(engine: Engine) -> str:
    """The database's address without its password, for messages."""
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn the library's and the file system's errors into `StoreError`."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreError(
            where,
            f"the database refused ({reason})",
            "Check that the file or server is there, free to write and not in use",
        ) from error
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


def _make_folder(url: URL) -> None:
    file = url.database
    if url.get_backend_name() == "sqlite" and file and file != ":memory:" and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver would commit behind our back before some statements; SQLAlchemy's BEGIN rules alone.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
