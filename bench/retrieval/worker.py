"""`python -m bench.retrieval.worker JOB RESULT`: measure one system in this process.

Runs in either environment and loads no more than what it measures needs: its memory is measured too.
"""

import json
import sys
import tempfile
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.retrieval.jobs import TOP, QualityJob, Times, TimesJob, read_job
from bench.retrieval.offline import forbid_network
from bench.retrieval.registry import DISTRIBUTIONS, entry, load
from bench.retrieval.timing import take_times


def main() -> None:
    """Do the job in the file JOB, and write the outcome as JSON; whatever libraries print is no part of it."""
    given, result = Path(sys.argv[1]), Path(sys.argv[2])
    forbid_network()
    job = read_job(given)
    with tempfile.TemporaryDirectory(prefix="citydesk-bench-") as name:
        folder = Path(name)
        outcome: dict[str, object] = {}
        outcome |= asdict(times(job, folder)) if isinstance(job, TimesJob) else {"rankings": rankings(job, folder)}
    outcome["versions"] = {name: found for name in DISTRIBUTIONS if (found := _version(name))}
    result.write_text(json.dumps(outcome), encoding="utf-8")


def rankings(job: QualityJob, folder: Path) -> dict[str, list[list[int]]]:
    """By set: the numbers of passages found for each query, best first."""
    system = load(job.system)
    found = {}
    for number, item in enumerate(job.sets):
        place = folder / str(number)
        place.mkdir()
        system.build(item.passages, place)
        found[item.name] = [system.search(query, TOP) for query in item.queries]
    return found


def times(job: TimesJob, folder: Path) -> Times:
    """What the system took; for this project also what the libraries below it take."""
    system = load(job.system)
    taken = take_times(system, job, folder)
    if not entry(job.system).own:
        return taken
    from bench.retrieval.citydesk_system import CityDesk
    from bench.retrieval.parts import take_parts

    assert isinstance(system, CityDesk)
    return replace(taken, parts=take_parts(system, job.passages[:-1], job.queries))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
