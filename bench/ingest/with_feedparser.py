"""`feedparser.parse` with its defaults, one feed after the other, from memory: no network, nothing kept."""

from io import BytesIO
from pathlib import Path

import feedparser

from bench.ingest.contender import Contender, Job


class WithFeedparser(Contender):
    """What reading alone costs."""

    def prepare(self, job: Job) -> None:
        self._bodies = [Path(file).read_bytes() for file in job.files]

    def take(self) -> None:
        self._entries = 0
        for body in self._bodies:
            self._entries += len(feedparser.parse(BytesIO(body)).entries)

    def entries(self) -> int:
        return self._entries
