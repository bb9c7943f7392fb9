"""Parsing beside the network: in this process for a few feeds, in processes of its own for many.

Reading a feed is the most of the work and holds Python's lock, so more than a few feeds are shared out among processes.
They are started by a server that has loaded the parser once, so that its memory is theirs together, and none is
started for the handful of feeds that most rounds bring.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from abc import ABC, abstractmethod
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import tzinfo
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self

from news_ingest.errors import FeedNotAFeed
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved

FEW = 8
"""Feeds that are read in this process before others are started for the rest."""
MOST_WORKERS = 4


class Parser(ABC):
    """The port through which bytes become entries."""

    @abstractmethod
    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """As `news_ingest.parsing.parse.parse_feed`, whose errors it raises."""


class InlineParser(Parser):
    """Reads feeds in this process."""

    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """See the port."""
        return parse_feed(retrieved, spec, zone)


class ParserPool(Parser):
    """Reads the first few feeds in this process and the rest in others; use `with`, which ends them.

    A feed whose process dies (it may have wanted too much memory) is an error of that feed, and the next one has a new
    process.
    """

    def __init__(self, workers: int | None = None, few: int = FEW) -> None:
        """`workers` are processes, by default as many as there are processors, at most `MOST_WORKERS`."""
        self._workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._few = few
        self._seen = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """See the port."""
        self._seen += 1
        if self._seen <= self._few:
            return parse_feed(retrieved, spec, zone)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._started(), parse_feed, retrieved, spec, zone)
        except BrokenProcessPool as error:
            self._close()
            problem = "reading it ended the process that did so; it may be too large, or made to do harm"
            raise FeedNotAFeed(spec.url, problem, "Open the address in a browser and look at what it gives") from error

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([parse_feed.__module__])
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_begin)
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin() -> None:
    """Ctrl-C and the end of a service reach the whole group, but the process in charge ends its readers, when it is
    done; and where it was killed, they end by themselves."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
