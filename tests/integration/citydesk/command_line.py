"""The command line as people run it, in a process of its own; or in this one, which loads its libraries once."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from citydesk.cli import main

ROOT = Path(__file__).resolve().parents[3]
Result = subprocess.CompletedProcess[str]


def in_a_process(*arguments: str, **variables: str) -> Result:
    """Output and exit status of `python -m citydesk`, with no settings but these."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CITYDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "citydesk", *arguments],
        cwd=ROOT,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def in_this_process(*arguments: str, **variables: str) -> Result:
    """The same through the same entry point. An error that no person should meet is raised as it is."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("CITYDESK_")]:
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["citydesk", *arguments])
        try:
            main()
        except SystemExit as end:
            assert end.code is None or isinstance(end.code, int)
            status = end.code or 0
    return Result(list(arguments), status, out.getvalue(), err.getvalue())
