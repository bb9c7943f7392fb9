"""`python -m bench.ingest.worker JOB RESULT`: measure one contender in this process.

Runs in either environment and loads no more than what it measures needs: its memory is measured too.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from bench.ingest.contender import Contender, Job, entry, load, read_job

_PACKAGES = ("reader", "feedparser", "httpx", "SQLAlchemy", "nh3")


@dataclass(frozen=True, slots=True)
class Pass:
    """All feeds taken once. `cpu_s` is of this process and all that it started."""

    seconds: float
    cpu_s: float
    entries: int


def main() -> None:
    """Do the job in the file JOB, and write the outcome as JSON."""
    job = read_job(Path(sys.argv[1]))
    passes = [asdict(one) for one in measure(load(job.contender), job)]
    versions = {name: found for name in _PACKAGES if (found := _version(name))}
    Path(sys.argv[2]).write_text(json.dumps({"passes": passes, "versions": versions}), encoding="utf-8")


def measure(contender: Contender, job: Job) -> list[Pass]:
    """Each pass timed; `entries` are what there are after it."""
    contender.prepare(job)
    passes = []
    try:
        for _ in range(entry(job.contender).passes):
            cpu, start = cpu_seconds(), time.perf_counter()
            contender.take()
            seconds = time.perf_counter() - start
            passes.append(Pass(seconds, cpu_seconds() - cpu, contender.entries()))
    finally:
        contender.close()
    return passes


def cpu_seconds() -> float:
    """Of this process and of all that it started, ended ones included as soon as their parent has noticed."""
    this = psutil.Process()
    total = 0.0
    for process in (this, *this.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
