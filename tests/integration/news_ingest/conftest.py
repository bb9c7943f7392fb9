"""What the tests of this folder share: a web server, a store on real SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.news_ingest.feed_server import FeedServer, feed_server


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """One for all tests of a file."""
    with feed_server() as running:
        yield running


@pytest.fixture
def fetcher() -> HttpFetcher:
    """Impatient, with a limit of 1 MB, past any proxy, and let in to this machine."""
    return HttpFetcher(timeout=1.0, deadline=1.5, max_bytes=1_000_000, use_proxies=False, allow_private=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    """A new database in a folder that does not exist yet."""
    opened = open_store(f"sqlite:///{tmp_path}/var/citydesk.db")
    yield opened
    opened.close()
