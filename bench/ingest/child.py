"""Starts a measuring process in the environment of its contender, and brings back what it found."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.ingest.contender import Entry, Job, write_job
from bench.ingest.errors import ContenderFailed, PeersMissing
from bench.ingest.memory import PeakMemory
from bench.ingest.serving import ROOT, Served
from bench.ingest.worker import Pass

PEERS = ROOT / ".venv-bench" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LIMIT_S = 600
_TOLD = 2_000
_LEFT_OUT = frozenset({"http_proxy", "https_proxy", "all_proxy", "pythondontwritebytecode"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run of a contender. `peak_mib` is of all its processes together."""

    passes: tuple[Pass, ...]
    peak_mib: float
    versions: dict[str, str]


def interpreter(contender: Entry) -> Path:
    """The Python that has `contender`; raises `PeersMissing`."""
    if not contender.peer:
        return Path(sys.executable)
    if not PEERS.exists():
        raise PeersMissing(PEERS)
    return PEERS


def run(contender: Entry, served: Served, feeds: Path, names: list[str], items: int) -> Outcome:
    """Measure `contender` once, its database empty at first. `feeds` is the folder that is served.

    The first run of a contender compiles its modules, and isn't to be counted.

    Raises `ContenderFailed` where it ended with an error, or has not taken in everything.
    """
    before = served.counts()
    with tempfile.TemporaryDirectory(prefix="citydesk-bench-") as folder:
        given, result = Path(folder) / "job.json", Path(folder) / "result.json"
        write_job(
            Job(contender.key, [served.url(name) for name in names], [str(feeds / name) for name in names], folder),
            given,
        )
        peak = _run(
            [str(interpreter(contender)), "-m", "bench.ingest.worker", str(given), str(result)],
            contender,
            feeds / "compiled",
        )
        found = json.loads(result.read_text(encoding="utf-8"))
    outcome = Outcome(tuple(Pass(**one) for one in found["passes"]), peak, found["versions"])
    asked = {status: count - before.get(status, 0) for status, count in served.counts().items()}
    check(contender, outcome, {status: count for status, count in asked.items() if count}, len(names), items)
    return outcome


def check(contender: Entry, outcome: Outcome, asked: dict[int, int], feeds: int, items: int) -> None:
    """Raise where not every item came in, or the server was not asked once for each feed and pass."""
    wanted = {200: feeds, 304: feeds} if contender.passes > 1 else {}
    if asked != wanted:
        raise ContenderFailed(f"{contender.title} was given {asked} by the server, not {wanted} (status: answers)")
    for one in outcome.passes:
        if one.entries != feeds * items:
            raise ContenderFailed(f"{contender.title} has {one.entries:,} entries, not {feeds * items:,}")


def _run(command: list[str], contender: Entry, compiled: Path) -> float:
    """Run it to its end; returns the most memory held, in MiB. `compiled` is a folder for compiled modules."""
    environment = {name: value for name, value in os.environ.items() if name.lower() not in _LEFT_OUT}
    # Compiling libraries takes memory for good: all have them compiled, as where they were installed, from one place.
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            with PeakMemory(process.pid) as peak:
                status = process.wait(LIMIT_S)
        except subprocess.TimeoutExpired as error:
            raise ContenderFailed(f"{contender.title} was not done after {LIMIT_S} s") from error
        finally:
            process.kill()
            process.wait()
        if status:
            said.seek(0)
            last = said.read()[-_TOLD:].decode("utf-8", "replace").strip()
            raise ContenderFailed(f"{contender.title} ended with status {status}: {last}")
    return peak.mib
