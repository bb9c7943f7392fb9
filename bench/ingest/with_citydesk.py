"""CityDesk's ingest, as `citydesk ingest --no-index` runs it; the server on loopback is allowed."""

from pathlib import Path

from bench.ingest.contender import Contender, Job
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import ingest
from news_ingest.parsing.pool import ParserPool
from news_ingest.storing.store import open_store
from news_ingest.values import FeedSpec


class WithCityDesk(Contender):
    """One database of its own."""

    def prepare(self, job: Job) -> None:
        self._store = open_store(f"sqlite:///{Path(job.folder) / 'citydesk.db'}")
        self._specs = [FeedSpec(url, url) for url in job.urls]

    def take(self) -> None:
        with ParserPool() as parser:
            ingest(self._specs, self._store, HttpFetcher(allow_private=True), parser=parser)

    def entries(self) -> int:
        return sum(feed.articles for feed in self._store.feeds())

    def close(self) -> None:
        self._store.close()
