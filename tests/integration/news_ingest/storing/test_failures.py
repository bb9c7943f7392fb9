"""Databases that can't be used, and disks that are full: told in words that say what to do, and nothing half-stored."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from news_ingest.errors import StoreError
from news_ingest.storing.database import migrate, open_engine
from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.news_ingest.storing.postgres import PASSWORD, PostgresServer
from tests.integration.news_ingest.storing.samples import NOW, entry, save


@pytest.fixture
def unusable(tmp_path: Path) -> Iterator[list[str]]:
    """Database addresses that can't work."""
    (tmp_path / "words.db").write_bytes(b"these are words, not tables " * 100)
    (tmp_path / "folder.db").mkdir()
    yield [
        "no address at all",
        f"sqlite:///{tmp_path}/words.db",
        f"sqlite:///{tmp_path}/folder.db",
        f"sqlite:///{tmp_path}/words.db/below/a.db",
        "nosuchdb://user:secret@host/x",
    ]


def test_unusable_databases_are_told(unusable: list[str]) -> None:
    """Where, what, what next; and no password."""
    for address in unusable:
        with pytest.raises(StoreError) as caught:
            open_store(address)
        assert caught.value.advice
        assert "secret" not in str(caught.value)


def test_full_disk(tmp_path: Path) -> None:
    """What was stored before is there, of the feed that found no room nothing, and it goes on once there is some."""
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    migrate(engine)
    pages = [1_000]

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    event.listen(engine, "checkout", limit)
    store = ArticleStore(engine)
    save(store, entry("1"))
    pages[0] = 1  # SQLite takes it as: no more than there are now
    with pytest.raises(StoreError) as caught:
        save(store, *(entry(f"big {number}", text="Much to say. " * 2_000) for number in range(10)))
    assert "there is no room left on the disk" == caught.value.problem
    assert "Free some space" in caught.value.advice
    assert (["1"], 1) == ([article.guid for article in store.articles()], len(store.pending().put))
    pages[0] = 1_000
    save(store, entry("2"))
    assert {"1", "2"} == {article.guid for article in store.articles()}
    store.close()


def test_damaged_and_read_only(tmp_path: Path) -> None:
    """Two that an operator meets after a copy went wrong."""
    path = tmp_path / "words.db"
    path.write_bytes(b"these are words, not tables " * 100)
    with pytest.raises(StoreError, match="damaged"):
        open_store(f"sqlite:///{path}")
    open_store(f"sqlite:///{tmp_path}/a.db").close()
    engine = open_engine(f"sqlite:///file:{tmp_path}/a.db?mode=ro&uri=true")
    with pytest.raises(StoreError, match="may not be written to"):
        ArticleStore(engine).retire("a")
    engine.dispose()


def test_locked_sqlite(tmp_path: Path) -> None:
    """Another process that keeps writing: waited for, then told."""
    store = open_store(f"sqlite:///{tmp_path}/a.db", patience=0.05)
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process has kept it locked"):
            save(store, entry("1"))
        other.execute("ROLLBACK")
    save(store, entry("1"))
    assert 1 == len(store.articles())
    store.close()


def test_locked_postgresql(postgres: PostgresServer) -> None:
    """The same where an administrator holds a table."""
    name = postgres.new_database()
    store = open_store(postgres.url(name), patience=0.05)
    with closing(postgres.connect(name)) as other:
        other.cursor().execute("LOCK TABLE feeds IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another process has kept it locked"):
            save(store, entry("1"))
        other.rollback()
    save(store, entry("1"))
    assert 1 == len(store.articles())
    store.close()


def test_postgresql_that_does_not_let_in(postgres: PostgresServer) -> None:
    """No server, a wrong password, no such database: each in words of its own, none with the password."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"postgresql://citydesk:{PASSWORD}@127.0.0.1:{closed.getsockname()[1]}/news"
        expected = {
            nowhere: "the server can't be reached",
            postgres.url("postgres", "autumn-leaves"): "the server refused user or password",
            postgres.url("attic"): "the server has no such database",
        }
        for address, problem in expected.items():
            with pytest.raises(StoreError) as caught:
                open_store(address)
            assert problem == caught.value.problem[: len(problem)]
            assert caught.value.advice
            assert PASSWORD not in str(caught.value) and "autumn-leaves" not in str(caught.value)


def test_server_that_went_away(postgres: PostgresServer) -> None:
    """Connections that the server cut off are made anew; nobody notices."""
    name = postgres.new_database()
    store = open_store(postgres.url(name))
    save(store, entry("1"))
    postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    save(store, entry("2"))
    assert {"1", "2"} == {article.guid for article in store.articles()}
    assert NOW == store.standing("a").last_success
    store.close()
