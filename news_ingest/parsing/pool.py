"""Parsing beside the network: in processes of its own what may take long or go wrong, on the spot what surely does not.

Reading a feed holds Python's lock, and nothing ends a thread that does so; but plain RSS, whose reader gives up at the
first doubt, takes a time in proportion to its length.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from datetime import tzinfo
from types import TracebackType
from typing import Self, TypeVar

from news_ingest.errors import FeedUnreadable
from news_ingest.parsing.fulltext import MAX_PAGE, full_text
from news_ingest.parsing.parse import parse_feed, parse_plain
from news_ingest.parsing.parser import Parser
from news_ingest.parsing.worker import Worker, WorkerEnded
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved

MOST_WORKERS = 4
SHORT = 256 * 1024
"""Bytes up to which plain RSS is read on the spot."""
LIMIT = 20.0
"""Seconds for one feed or page: the largest that is read, ten megabytes of damaged XML, takes eight."""

T = TypeVar("T")


class ParserPool(Parser):
    """Reads feeds and pages in as many processes as are needed at once, but plain short feeds without any; use `with`,
    which ends the processes.

    One that takes too long, or whose process dies (it may have wanted too much memory), is an error of that feed or
    page alone; the next one has a new process.
    """

    def __init__(self, workers: int | None = None, limit: float = LIMIT, short: int = SHORT) -> None:
        """At most `workers` processes, by default as many as there are processors, at most `MOST_WORKERS`. `limit`:
        seconds for one feed or page; `short`: bytes up to which plain RSS is read on the spot."""
        # A thread for each process: it waits for the answer, and has nobody else's process in hand meanwhile.
        self._threads = ThreadPoolExecutor(workers or min(os.cpu_count() or 1, MOST_WORKERS))
        self._limit, self._short = limit, short
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self._changing = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changing:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.end()

    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """See the port. A short feed of plain RSS, as most are, is read on the spot: it takes a millisecond or two."""
        plain = parse_plain(retrieved, spec, zone) if len(retrieved.body) <= self._short else None
        if plain is not None:
            return plain
        return await self._read(spec.url, parse_feed, retrieved, spec, zone)

    async def full_text(self, page: Retrieved) -> str | None:
        """See the port."""
        return await self._read(page.url, full_text, page.body[:MAX_PAGE], page.url, page.content_type)

    async def _read(self, where: str, function: Callable[..., T], *arguments: object) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, self._in_a_process, function, arguments
            )
        except WorkerEnded as end:
            if end.too_long:
                problem = f"reading it was given up after {self._limit:g} seconds"
            else:
                problem = "the process that read it was ended by the system, as happens when memory runs out"
            advice = "Open the address: if it is far longer than others, ask the publisher for a shorter one"
            raise FeedUnreadable(where, problem, advice) from None

    def _in_a_process(self, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
        worker = self._free()
        try:
            answer: T = worker.do((function, arguments))
            return answer
        finally:
            self._idle.append(worker)

    def _free(self) -> Worker:
        """One that has nothing to do: the one that was busy last, else a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            with self._changing:
                self._all.discard(worker)
            worker.end()
        with self._changing:
            if self._closed:
                raise CancelledError
            worker = Worker(self._limit)
            self._all.add(worker)
        return worker
