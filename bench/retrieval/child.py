"""Starts a measuring process in the environment of its system, and brings back what it found."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.retrieval.errors import PeersMissing, SystemFailed, TookTooLong
from bench.retrieval.jobs import QualityJob, TimesJob, write_job
from bench.retrieval.offline import VARIABLES
from bench.retrieval.registry import Entry, entry

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-bench" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TOLD_LINES = 12


def interpreter(system: Entry) -> Path:
    """The Python that has `system`; raises `PeersMissing`."""
    if system.own:
        return Path(sys.executable)
    if not PEERS.exists():
        raise PeersMissing(PEERS)
    return PEERS


def run(job: TimesJob | QualityJob, limit_s: float) -> dict[str, Any]:
    """Do `job` in a process of its own; returns its outcome (see `bench.retrieval.worker`).

    Raises:
        SystemFailed: it ended with another status than 0.
        TookTooLong: it was not done after `limit_s` seconds.
    """
    system = entry(job.system)
    with tempfile.TemporaryDirectory(prefix="citydesk-bench-") as name:
        given, result = Path(name) / "job.jsonl", Path(name) / "result.json"
        write_job(job, given)
        command = [interpreter(system), "-m", "bench.retrieval.worker", given, result]
        # Some libraries write into the home folder as soon as they are imported.
        environment = os.environ | VARIABLES | {"HOME": name, "TMPDIR": name}
        _run([str(part) for part in command], environment, system, limit_s)
        outcome: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return outcome


def _run(command: list[str], environment: dict[str, str], system: Entry, limit_s: float) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(f"ended after {limit_s:,.0f} s, unfinished") from error
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-TOLD_LINES:])
        raise SystemFailed(f"{system.title} failed with status {done.returncode}: {last}")
