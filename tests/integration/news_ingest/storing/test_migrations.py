"""Migrations on both databases: to and fro with what is there, and what the models say."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from news_ingest.storing.database import HEAD, MIGRATIONS, VERSION_TABLE, migrate, open_engine, writing
from news_ingest.storing.models import METADATA
from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.news_ingest.storing.samples import SPEC, change, entry

OLD_FEEDS = """
    INSERT INTO feeds (id, url, title, language, etag, modified, last_fetched, last_error) VALUES
    (1, 'a', 'Feed A', 'en', 'e', 'm', '2018-04-05 12:30:15.000000', NULL),
    (2, 'b', 'Feed B', NULL, NULL, NULL, '2018-04-06 00:00:00.000000', 'no such host')"""
OLD_ARTICLES = """
    INSERT INTO articles
    (id, feed_id, guid, url, title, text, language, published, first_seen, updated, digest, sample) VALUES
    ('00000000000000aa', 1, 'g1', 'u1', 'Lanterns', 'They float.', 'en', NULL,
     '2018-04-05 12:30:15.000000', '2018-04-05 12:30:15.000000', 'd1', %(false)s),
    ('00000000000000bb', 1, 'g2', 'u2', '花季', '櫻花開了。', 'zh-Hant', '2018-04-01 00:00:00.000000',
     '2018-04-01 12:00:00.000000', '2018-04-02 12:00:00.000000', 'd2', %(true)s)"""

OLD_REVISION = """
    INSERT INTO article_revisions (article_id, number, seen, title, text, url, published, diff) VALUES
    ('00000000000000aa', 1, '2018-04-05 13:00:00.000000', 'Lantern', 'They float.', 'u1', NULL, '-Lantern
+Lanterns')"""


def move(engine: Engine, revision: str) -> None:
    """Up or down to `revision`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if _is_newer(engine, revision) else command.upgrade)(config, revision)


def _is_newer(engine: Engine, revision: str) -> bool:
    with engine.connect() as connection:
        there = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    return revision != "head" and (there or "") > revision


def rows(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


@pytest.fixture
def old(database: str) -> Any:
    """A database of the first form, with articles."""
    engine = open_engine(database)
    move(engine, "0001")
    words = {"false": "false", "true": "true"} if engine.dialect.name == "postgresql" else {"false": "0", "true": "1"}
    with writing(engine).begin() as connection:
        connection.execute(text(OLD_FEEDS))
        connection.execute(text(OLD_ARTICLES % words))
    yield engine
    engine.dispose()


def test_upgrade_keeps_what_is_there(old: Engine) -> None:
    """And lets all of it wait for the index; what can be told of the feeds is told."""
    migrate(old)
    store = ArticleStore(old)
    stored = {article.id: (article.guid, article.title, article.sample) for article in store.articles()}
    assert {"00000000000000aa": ("g1", "Lanterns", False), "00000000000000bb": ("g2", "花季", True)} == stored
    assert ("00000000000000aa", "00000000000000bb") == store.pending().put
    first, second = store.feeds()
    assert (0, first.last_fetched, first.last_fetched) == (
        first.standing.failures,
        first.standing.last_success,
        first.standing.last_new,
    )
    assert (1, None, None) == (second.standing.failures, second.standing.last_success, second.standing.last_new)


def test_upgraded_is_written_on(old: Engine) -> None:
    """Revisions and outbox work for what came in before."""
    migrate(old)
    store = ArticleStore(old)
    store.drained(store.pending().mark)
    change(store, entry("g1", title="Lanterns tonight"))
    assert ["Lanterns"] == [revision.title for revision in store.revisions("00000000000000aa")]
    assert ("00000000000000aa",) == store.pending().put


def test_downgrade_keeps_what_was_there(old: Engine) -> None:
    """To and fro: the first form again, to the letter."""
    before = rows(old, "SELECT * FROM feeds ORDER BY id"), rows(old, "SELECT * FROM articles ORDER BY id")
    migrate(old)
    move(old, "0001")
    after = rows(old, "SELECT * FROM feeds ORDER BY id"), rows(old, "SELECT * FROM articles ORDER BY id")
    assert before == after
    assert {"feeds", "articles", VERSION_TABLE} == set(inspect(old).get_table_names())
    migrate(old)
    assert 2 == len(ArticleStore(old).articles())


@pytest.fixture
def second(old: Engine) -> Engine:
    """The same in the second form, with a revision; the first feed was in English when it was read."""
    move(old, "0002")
    with writing(old).begin() as connection:
        connection.execute(text(OLD_REVISION))
        connection.execute(text("UPDATE articles SET revisions = 1 WHERE guid = 'g1'"))
    return old


def test_upgrade_from_the_second_form(second: Engine) -> None:
    """Revisions and feeds stay; no earlier revision is said to be a correction, and new ones are told."""
    migrate(second)
    store = ArticleStore(second)
    assert [(1, ("-Lantern", "+Lanterns"), False)] == [
        (one.number, one.diff, one.correction) for one in store.revisions("00000000000000aa")
    ]
    assert [("en", "en"), (None, None)] == [(feed.language, feed.standing.language) for feed in store.feeds()]
    assert [(None, None)] * 2 == [(feed.standing.interval, feed.standing.emptied_since) for feed in store.feeds()]
    change(store, entry("g1", title="Correction: Lanterns tonight"))
    assert [False, True] == [one.correction for one in store.revisions("00000000000000aa")]


def test_downgrade_to_the_second_form(second: Engine) -> None:
    """To and fro, to the letter, with revisions, outbox and how the feeds stand."""
    tables = ("feeds", "articles", "article_revisions", "article_outbox", "article_tags", "article_mark")
    before = [rows(second, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    migrate(second)
    move(second, "0002")
    assert before == [rows(second, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    migrate(second)
    assert 1 == len(ArticleStore(second).revisions("00000000000000aa"))


def test_models_and_migrations_agree(database: str) -> None:
    """The tables that migrations make are those that the models say."""
    engine = open_engine(database)
    move(engine, "head")

    def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and name == VERSION_TABLE)

    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": ours}
        assert [] == compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    engine.dispose()


def test_a_new_database_is_as_if_migrated(tmp_path: Path) -> None:
    """Its tables are made without Alembic, to the letter as all migrations together make them."""
    made, migrated = (open_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("made", "migrated"))
    migrate(made)
    move(migrated, "head")
    assert _form(migrated) == _form(made)
    for table in ("article_mark", VERSION_TABLE):
        assert rows(migrated, f"SELECT * FROM {table}") == rows(made, f"SELECT * FROM {table}")
    made.dispose()
    migrated.dispose()


def _form(engine: Engine) -> dict[str, Any]:
    """table → its columns (each with type, default and the like), keys and indexes, in no order."""
    found = inspect(engine)
    return {
        table: [
            {column["name"]: str(column) for column in found.get_columns(table)},
            found.get_pk_constraint(table),
            sorted(map(str, found.get_foreign_keys(table))),
            sorted(map(str, found.get_indexes(table))),
            sorted(map(str, found.get_unique_constraints(table))),
        ]
        for table in found.get_table_names()
    }


def test_the_newest_is_known(database: str) -> None:
    """The version that is told from the database alone is the newest migration; what is at it is left alone."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    engine = open_engine(database)
    migrate(engine)
    migrate(engine)
    assert [(HEAD,)] == rows(engine, f"SELECT version_num FROM {VERSION_TABLE}")
    engine.dispose()


def test_migrating_leaves_other_tables_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Others keep tables in the same file, with an Alembic version of their own; and nothing is logged."""
    path = tmp_path / "shared.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("CREATE TABLE bookings (id INTEGER)")
    with caplog.at_level("INFO"):
        open_store(f"sqlite:///{path}").close()
    assert [] == [record.getMessage() for record in caplog.records if record.name.startswith("alembic")]
    engine = open_engine(f"sqlite:///{path}")
    expected = {"alembic_version", "bookings", VERSION_TABLE, *METADATA.tables}
    assert expected == set(inspect(engine).get_table_names())
    engine.dispose()


def test_several_processes_may_open_it_first(database: str) -> None:
    """Each migrates; the first does the work, the others find it done."""
    with ThreadPoolExecutor(6) as pool:
        for opened in pool.map(lambda _: open_store(database), range(6)):
            assert [] == opened.articles()
            opened.close()


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    """WAL, so that readers never wait; foreign keys hold."""
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.connect() as connection:
        assert "wal" == connection.scalar(text("PRAGMA journal_mode"))
        assert 1 == connection.scalar(text("PRAGMA foreign_keys"))
    engine.dispose()


def test_old_feed_is_taken_in_again(old: Engine) -> None:
    """The feed's row is found by its url and goes on."""
    migrate(old)
    store = ArticleStore(old)
    store.record_unmodified(SPEC)
    assert ["a", "b"] == [feed.url for feed in store.feeds()]
