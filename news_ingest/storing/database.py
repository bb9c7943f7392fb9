"""The engine for SQLite or PostgreSQL: set up alike, the tables brought up to date."""

import logging
import socket
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from news_ingest.errors import StoreError
from news_ingest.storing.failures import translated
from news_ingest.storing.models import MARK, METADATA

__all__ = ["HEAD", "MIGRATIONS", "VERSION_TABLE", "address", "migrate", "open_engine", "translated", "writing"]

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0003"
"""The newest migration, whose tables are those of the models."""
VERSION_TABLE = "news_ingest_version"
"""Alembic's own table, named for this room: others may keep tables in the same database."""

PATIENCE = 30.0
"""Seconds that a statement waits for another process's lock."""

_WRITES = "news_ingest_writes"
_MIGRATING = 0x63697479  # any number that all our processes agree on
_SILENCE = 120
"""Seconds without a word from a PostgreSQL server until the connection is given up."""


def open_engine(database_url: str, *, patience: float = PATIENCE) -> Engine:
    """An engine for `database_url`; makes the folder of an SQLite file. Raises `StoreError`."""
    try:
        url = _with_driver(make_url(database_url))
    except ArgumentError as error:
        raise StoreError(
            database_url, "this is no database address", "Write it like sqlite:///var/citydesk.db"
        ) from error
    where = url.render_as_string(hide_password=True)
    with translated(where):
        _make_folder(url)
        if url.drivername == "postgresql+pg8000":
            engine = create_engine(url, connect_args={"timeout": _SILENCE + patience}, pool_pre_ping=True)
            event.listen(engine, "connect", lambda connection, _: _prepare_postgresql(connection, patience))
            _find_broken_lines(engine)
            return engine
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, patience))
            event.listen(engine, "begin", _begin_sqlite)
        return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they lock at once, and don't fail half-way."""
    return engine.execution_options(**{_WRITES: True})


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form. Safe when several processes start at once. Raises `StoreError`."""
    with translated(address(engine)), writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
        if not inspect(connection).has_table(VERSION_TABLE):
            _make_tables(connection)
        elif connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) != HEAD:
            _upgrade(connection)


def _make_tables(connection: Connection) -> None:
    """As all migrations together would."""
    # Not only those that are missing: with tables of others by these names nothing must be done.
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(insert(MARK), {"id": 1, "value": 1})
    key = f"CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num)"
    connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, {key})"))
    connection.execute(text(f"INSERT INTO {VERSION_TABLE} (version_num) VALUES (:head)"), {"head": HEAD})


def _upgrade(connection: Connection) -> None:
    # Here, because Alembic takes as much memory as all articles of a round, and is needed after an update only.
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def address(engine: Engine) -> str:
    """The database's address without its password, for messages."""
    return engine.url.render_as_string(hide_password=True)


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+pg8000") if url.drivername in ("postgresql", "postgres") else url


def _make_folder(url: URL) -> None:
    file = url.database
    if url.get_backend_name() == "sqlite" and file and file != ":memory:" and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _find_broken_lines(engine: Engine) -> None:
    """A pooled connection that the server cut off is replaced, also where pg8000 lets the network's error through."""
    dialect: Any = engine.dialect
    ping = dialect.do_ping

    def patient_ping(connection: Any) -> bool:
        try:
            return bool(ping(connection))
        except OSError as error:
            raise dialect.loaded_dbapi.InterfaceError("network error") from error

    dialect.do_ping = patient_ping


def _prepare_postgresql(connection: Any, patience: float) -> None:
    # pg8000 sends a statement in several small parts; held back by Nagle's algorithm, each costs 40 ms.
    line = getattr(connection, "_usock", None)
    if line is not None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
    cursor.close()
    connection.commit()


def _prepare_sqlite(connection: Any, patience: float) -> None:
    # Python's driver would commit behind our back before some statements; SQLAlchemy's BEGIN rules alone.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={round(patience * 1000)}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # Pages (16 MiB): each round of copying from the log waits for the disk, and a first run would do so many times.
    cursor.execute("PRAGMA wal_autocheckpoint=4000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
