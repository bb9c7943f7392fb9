"""One builder at a time, across processes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.errors import IndexBusy
from knowledge.index.locking import exclusive

HOLD = """
import sys, time
from pathlib import Path
from knowledge.index.locking import exclusive
with exclusive(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(lock: Path, seconds: float) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock), str(seconds)],
        cwd=Path(__file__).parents[4],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "held\n" == process.stdout.readline()
    return process


def test_a_second_builder_is_told_who_is_at_work(tmp_path: Path) -> None:
    """With the process id, after the time that it was willing to wait."""
    process = holder(tmp_path / "lock", 30)
    try:
        begun = time.monotonic()
        with pytest.raises(IndexBusy, match=rf"\({process.pid}\)") as caught, exclusive(tmp_path / "lock", 0.2):
            pass
        assert str(process.pid) == caught.value.holder
        assert 0.2 <= time.monotonic() - begun < 5
    finally:
        process.kill()
        process.communicate()


def test_a_killed_builder_bars_nobody(tmp_path: Path) -> None:
    """The kernel drops the lock with the process."""
    process = holder(tmp_path / "lock", 30)
    process.kill()
    process.communicate()
    with exclusive(tmp_path / "lock", 0):
        pass


def test_a_second_builder_waits_its_turn(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock", 0.3)
    with exclusive(tmp_path / "lock", 20):
        pass
    process.communicate()
    assert 0 == process.returncode


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), exclusive(tmp_path / "lock", 0):
        raise KeyError
    with exclusive(tmp_path / "lock", 0):
        pass
