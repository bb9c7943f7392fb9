"""Child processes of the measurement: another Python in the project's folder, its failure told in one message."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.encoder.errors import SystemFailed

ROOT = Path(__file__).resolve().parents[2]
TOLD_LINES = 15


def run_python(
    arguments: Sequence[str],
    what: str,
    *,
    text: str = "",
    variables: Mapping[str, str] | None = None,
    show: bool = False,
) -> str:
    """Run `python ARGUMENTS` with `text` as its input; returns what it printed on standard output.

    Args:
        what: the beginning of a sentence about a failure.
        variables: set beside those of this process.
        show: let its standard error be seen while it runs.

    Raises:
        SystemFailed: it ended with another status than 0; the message has its last lines unless they were shown.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        input=text,
        env=os.environ | dict(variables or {}),
        stdout=subprocess.PIPE,
        stderr=None if show else subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        last = (done.stderr or "its messages are above").strip().splitlines()[-TOLD_LINES:]
        raise SystemFailed(f"{what} failed with status {done.returncode}: " + "\n".join(last))
    return done.stdout
