"""Killed at any moment: no feed is half-stored, no article is missed by the index or there twice."""

import multiprocessing
import os
import random
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import text

from news_ingest.storing.database import open_engine
from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.news_ingest.storing.saving_child import ENTRIES, save_until_killed

KILLS = int(os.environ.get("CITYDESK_TEST_KILLS", "10"))
"""On each database."""

LONGEST = 0.3
"""Seconds that a process may work until it is killed."""


def test_killed_at_any_moment(database: str, tmp_path: Path) -> None:
    """Each time another process goes on where that one stood; in the end it all fits together."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.integration.news_ingest.storing.saving_child"])
    index = tmp_path / "index"
    index.touch()
    store = open_store(database)
    chance = random.Random(7)
    for _ in range(KILLS):
        ready, theirs = processes.Pipe(duplex=False)
        child = processes.Process(target=save_until_killed, args=(database, index, theirs), daemon=True)
        child.start()
        assert ready.poll(60)
        time.sleep(chance.uniform(0, LONGEST))
        child.kill()
        child.join()
        ready.close()
        theirs.close()
        wait_for_servers_side(database)
        check(store, index)
    check_tables(database)
    store.close()


def wait_for_servers_side(database: str) -> None:
    """PostgreSQL may be about to end what a killed client had asked for."""
    engine = open_engine(database)
    busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state NOT LIKE 'idle'"
    while engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            if connection.scalar(text(f"{busy} AND pid <> pg_backend_pid()")) == 0:
                break
        time.sleep(0.01)
    engine.dispose()


def check(store: ArticleStore, index: Path) -> None:
    """Feeds are whole and of one version, and what the index lacks waits."""
    # A last line without an end was being written when its process was killed: it was not taken in.
    written = index.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    index.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    indexed = dict(line.split() for line in written)
    waiting = store.pending().put
    assert len(set(waiting)) == len(waiting)
    articles = store.articles()
    assert {ENTRIES} == set(Counter(article.feed_url for article in articles).values()) or not articles
    assert len({(article.feed_url, article.guid) for article in articles}) == len(articles)
    missed = [one.id for one in articles if one.id not in waiting and indexed.get(one.id) != one.title]
    assert [] == missed
    for feed in store.feeds():
        state = store.state(feed.url)
        assert {state.etag} == {known.title for known in state.known.values()}


def check_tables(database: str) -> None:
    """As many revisions as are counted, and nothing of articles that are not there."""
    engine = open_engine(database)
    with engine.connect() as connection:
        counted = connection.scalar(text("SELECT sum(revisions) FROM articles"))
        kept = connection.scalar(text("SELECT count(*) FROM article_revisions"))
        assert 0 < kept == counted
        if engine.dialect.name == "sqlite":
            assert "ok" == connection.scalar(text("PRAGMA integrity_check"))
            assert [] == list(connection.execute(text("PRAGMA foreign_key_check")))
    engine.dispose()
