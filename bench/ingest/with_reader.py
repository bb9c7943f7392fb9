"""lemon24/reader as it comes, with ten workers."""

import sys
from pathlib import Path

import feedparser_sgmllib

from bench.ingest.contender import Contender, Job

# reader carries a feedparser of its own, which wants this library under its old name; what reader installs has the new.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

from reader import make_reader  # type: ignore[import-not-found]  # noqa: E402

WORKERS = 10


class WithReader(Contender):
    """One database of its own."""

    def prepare(self, job: Job) -> None:
        self._reader = make_reader(str(Path(job.folder) / "reader.sqlite"))
        for url in job.urls:
            self._reader.add_feed(url)

    def take(self) -> None:
        # Otherwise the second pass would come too early for every feed, and ask for none.
        self._reader.update_feeds(workers=WORKERS, scheduled=False)

    def entries(self) -> int:
        return int(self._reader.get_entry_counts().total)

    def close(self) -> None:
        self._reader.close()
