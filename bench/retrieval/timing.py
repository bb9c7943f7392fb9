"""Times and memory of one system at one size, taken in the process that runs it."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psutil
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.retrieval.jobs import TOP, Times, TimesJob
from bench.retrieval.memory import peak_mib, resident_mib
from bench.retrieval.system import System

PATIENCE_S = 120.0
"""Seconds after which no more questions are asked."""
FEWEST = 20
"""Questions that are asked all the same, unless `PATIENCE_S` is over a second time."""


def take_times(system: System, job: TimesJob, folder: Path) -> Times:
    """Build with all cores, ask on one thread, add with all cores. `folder` is empty and takes the index."""
    started, busy = time.perf_counter(), _others_seconds()
    *passages, new = job.passages
    empty = resident_mib()
    build = _seconds(partial(system.build, passages, folder)) + _seconds(system.save)
    with threadpool_limits(1):
        ask(system, job.warm_up)
        seconds = ask(system, job.queries)
    peak, disk = peak_mib(), disk_bytes(folder)
    begun = time.perf_counter()
    system.add(new)
    found = len(passages) in system.search(new, TOP)
    added = time.perf_counter() - begun
    system.save()
    saved = time.perf_counter() - begun
    others = (_others_seconds() - busy) / (time.perf_counter() - started)
    return Times(
        size=len(passages),
        build_s=build,
        query_ms=tuple(1_000 * second for second in seconds),
        empty_mib=empty,
        peak_mib=peak,
        disk_bytes=disk,
        added_s=added,
        added_saved_s=saved,
        found=found,
        others=max(others, 0.0),
    )


def ask(system: System, queries: Sequence[str], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Seconds for each question, one after the other; fewer than there are once that takes too long."""
    seconds: list[float] = []
    total = 0.0
    for query in queries:
        seconds.append(_seconds(partial(system.search, query, TOP), clock))
        total += seconds[-1]
        if total > PATIENCE_S * (1 if len(seconds) >= FEWEST else 2):
            break
    return seconds


def disk_bytes(folder: Path) -> int:
    """Bytes of all files below `folder`, a file with two names counted once."""
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({(stat.st_dev, stat.st_ino): stat.st_size for stat in stats}.values())


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    work()
    return clock() - started


def _others_seconds() -> float:
    """Processor seconds that other programs have had since the machine started."""
    machine = psutil.cpu_times()
    polite = getattr(machine, "nice", 0.0)  # not on every system
    return float(machine.user + machine.system + polite - time.process_time())
