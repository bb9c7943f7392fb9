"""The store on real SQLite: transactions, order of news, migrations."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from news_ingest.deciding.decide import Decision
from news_ingest.errors import StoreError
from news_ingest.storing.database import VERSION_TABLE, migrate, open_engine
from news_ingest.storing.models import Base
from news_ingest.storing.store import ArticleStore, article_id, open_store
from news_ingest.values import FeedSpec, FeedState, ParsedEntry, ParsedFeed

SPEC = FeedSpec("a", "a", "Feed A", sample=True)
PARSED = ParsedFeed("T", "en", ())
NOW = datetime(2018, 4, 5, 12, 30, 15, 123456, tzinfo=UTC)


def entry(guid: str, language: str = "en", published: datetime | None = NOW, title: str = "Title") -> ParsedEntry:
    return ParsedEntry(guid, f"https://city.example/{guid}", title, "Text", language, published)


def save(store: ArticleStore, *entries: ParsedEntry, spec: FeedSpec = SPEC) -> None:
    store.save(spec, PARSED, Decision(new=entries), etag="e", modified="m", now=NOW)


def test_what_is_stored_comes_back(store: ArticleStore) -> None:
    """Instants to the microsecond and in UTC; ids from url and guid."""
    save(store, entry("1", published=NOW.astimezone().replace(microsecond=7)))
    [article] = store.articles()
    assert article_id("a", "1") == article.id
    assert 16 == len(article.id)
    assert (NOW.replace(microsecond=7), NOW, NOW) == (article.published, article.first_seen, article.updated)
    assert ("a", "Feed A", True) == (article.feed_url, article.feed_title, article.sample)
    state = store.state("a")
    assert ("e", "m", {"1"}) == (state.etag, state.modified, set(state.digests))
    assert FeedState() == store.state("never seen")


def test_ids_differ_by_feed_and_guid() -> None:
    """And are the same everywhere: index and feedback hang on them."""
    assert article_id("a", "1") != article_id("b", "1") != article_id("b", "2")
    assert "7c72cb8a2c9d41f4" == article_id("sample/city-news.en.xml", "sample-city-news-en-01")


def test_save_is_all_or_nothing(store: ArticleStore) -> None:
    """One entry that the database refuses, and none of the feed is stored, nor the validators."""
    save(store, entry("1"))
    with pytest.raises(StoreError):
        store.save(SPEC, PARSED, Decision(new=(entry("2"), entry("3"), entry("1"))), etag="later", now=NOW)
    assert ["1"] == [article.guid for article in store.articles()]
    assert "e" == store.state("a").etag


def test_feed_that_is_no_sample_any_more(store: ArticleStore) -> None:
    """The mark follows the list of feeds."""
    save(store, entry("1"))
    save(store, spec=FeedSpec("a", "a", "Feed A"))
    assert [False] == [article.sample for article in store.articles()]


def test_latest_is_newest_first_in_the_readers_language(store: ArticleStore) -> None:
    """Up to the limit; an article without a date counts from when it was first seen."""
    dated = [entry(str(n), "ja" if n % 2 else "en", NOW - timedelta(days=n)) for n in range(1, 9)]
    save(store, *dated, entry("undated", "en", None))
    assert ["undated", "2", "4"] == [article.guid for article in store.latest("en", 3)]
    assert ["1", "3", "5", "7"] == [article.guid for article in store.latest("ja", 10)]
    assert [] == store.latest("en", 0)


def test_latest_falls_back_to_any_language(store: ArticleStore) -> None:
    """Better news in another language than none."""
    assert [] == store.latest("zh-Hant", 3)
    save(store, entry("1", "en", NOW - timedelta(days=1)), entry("2", "ja", NOW))
    assert ["2", "1"] == [article.guid for article in store.latest("zh-Hant", 3)]


def test_date_far_ahead_does_not_stay_on_top(store: ArticleStore) -> None:
    """A slip of the pen: such an article counts from when it was first seen."""
    save(store, entry("slip", published=NOW.replace(year=2190)), entry("real", published=NOW + timedelta(hours=1)))
    assert ["real", "slip"] == [article.guid for article in store.latest("en", 2)]


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    """The tables that migrations make are those that the models say."""
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    migrate(engine)

    def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and name == VERSION_TABLE)

    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": ours}
        assert [] == compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
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
    expected = {"alembic_version", "bookings", "feeds", "articles", VERSION_TABLE}
    assert expected == set(inspect(engine).get_table_names())
    engine.dispose()


def test_several_processes_may_open_it_first(tmp_path: Path) -> None:
    """Each migrates; the first does the work, the others find it done."""
    url = f"sqlite:///{tmp_path}/deep/er/a.db"
    with ThreadPoolExecutor(6) as pool:
        for opened in pool.map(lambda _: open_store(url), range(6)):
            assert [] == opened.articles()
            opened.close()


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    """WAL, so that readers never wait; foreign keys hold."""
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.connect() as connection:
        assert "wal" == connection.scalar(text("PRAGMA journal_mode"))
        assert 1 == connection.scalar(text("PRAGMA foreign_keys"))
    engine.dispose()


def test_reading_goes_on_while_another_writes(store: ArticleStore, tmp_path: Path) -> None:
    """And sees what was there before."""
    save(store, entry("1"))
    writer = sqlite3.connect(tmp_path / "var" / "citydesk.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM articles")
    assert 1 == len(store.articles())
    writer.execute("ROLLBACK")
    writer.close()


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
