"""A process that reads feeds and pages for another: what runs in it, and what the other one holds of it."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from news_ingest.errors import IngestError

Job = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function and its arguments."""


class WorkerEnded(Exception):
    """The process ended over a job. `too_long`: because that took longer than it may."""

    def __init__(self, *, too_long: bool) -> None:
        super().__init__(too_long)
        self.too_long = too_long


class Worker:
    """A process of its own. It does one job at a time, and ends with whoever started it.

    Processes are started by a server that has loaded the parser once, so that its memory is theirs together: a quarter
    of a second for the first one, milliseconds for the others.
    """

    def __init__(self, limit: float) -> None:
        """`limit`: seconds that a job may take."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["news_ingest.parsing.parse", serve.__module__])
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, limit), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can take a job."""
        return self._process.is_alive()

    def do(self, job: Job) -> Any:
        """What the function returns, or raises. Waits for it; raises `WorkerEnded`."""
        try:
            self._connection.send(job)
            value, error = self._connection.recv()
        except (EOFError, OSError):
            self.end()
            raise WorkerEnded(too_long=self._process.exitcode == -signal.SIGALRM) from None
        if error is not None:
            raise error
        return value

    def kill(self) -> None:
        """End the process, whatever it does: who waits for it gets `WorkerEnded`."""
        self._process.kill()

    def end(self) -> None:
        """End the process and let go of it; for nobody else than who waits for its jobs."""
        self._connection.close()
        self._process.join(1.0)  # it ends by itself when nobody is at the other end
        self._process.kill()
        self._process.join()


def serve(connection: Connection, limit: float) -> None:
    """Do what comes, until nobody is at the other end."""
    # Ctrl-C and the end of a service reach the whole group, but the process in charge ends its readers when it is done.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    try:
        while True:
            job = connection.recv()
            # The alarm ends this process even where a library is lost in a loop of its own.
            signal.setitimer(signal.ITIMER_REAL, limit)
            outcome = _outcome(job)
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.send(outcome)
    except (EOFError, OSError):
        return


def _outcome(job: Job) -> tuple[Any, Exception | None]:
    function, arguments = job
    try:
        return function(*arguments), None
    except MemoryError:
        os._exit(1)
    except Exception as error:
        if not isinstance(error, IngestError):  # a fault in the program: where it was is lost on the way
            error.add_note("".join(traceback.format_exception(error)))
        return None, error
