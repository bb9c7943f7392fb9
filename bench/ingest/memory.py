"""The most memory that a process and all that it starts hold together, looked at again and again."""

import threading
from types import TracebackType
from typing import Self

import psutil

MIB = 2**20
EVERY_S = 0.05


def held_mib(pid: int) -> float:
    """Proportional set size of a process and its descendants, in MiB: a page that several share counts once.

    Where the system doesn't tell it, resident memory, in which it counts for each. 0 when the process has ended.
    """
    total = 0
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for one in family:
        try:
            total += getattr(one.memory_full_info(), "pss", None) or one.memory_info().rss
        except psutil.Error:  # ended meanwhile, or is about to
            continue
    return total / MIB


class PeakMemory:
    """Looks on in a thread of its own while used with `with`; `mib` is the most that was seen."""

    def __init__(self, pid: int) -> None:
        self.mib = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.mib = max(self.mib, held_mib(self._pid))
            if self._done.wait(EVERY_S):
                return
