"""Servers live and end together: real processes, real signals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]

# Two servers under one manager. Each writes its process id into a file; `patient` ignores SIGTERM.
MANAGER = """
import json, sys
from pathlib import Path
from citydesk.processes import run_servers
from citydesk.servers import Server

options = json.loads(sys.argv[1])
def server(name, code):
    note = f"import os, time, pathlib, signal; note = pathlib.Path({name + '.pid'!r});"
    note += "note.with_suffix('.new').write_text(str(os.getpid())); note.with_suffix('.new').rename(note);"
    return Server(name, name, (sys.executable, "-c", note + "print('hello', flush=True);" + code))
servers = [server(name, code) for name, code in options["servers"].items()]
log_dir = Path(options["log_dir"]) if options.get("log_dir") else None
sys.exit(run_servers(servers, log_dir=log_dir, until_stdin_closes=options.get("pipe", False)))
"""

SLEEP = "time.sleep(600)"


class Running:
    """A manager in a process of its own, in a folder of its own."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.folder = folder
        self.names = list(options["servers"])  # type: ignore[call-overload]
        self.process = subprocess.Popen(
            [sys.executable, "-c", MANAGER, json.dumps(options)],
            cwd=folder,
            env=dict(os.environ, PYTHONPATH=str(ROOT)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def pids(self) -> list[int]:
        """The servers' process ids, once all have told them."""
        files = [self.folder / f"{name}.pid" for name in self.names]
        wait_for(lambda: all(file.exists() and file.read_text() for file in files))
        return [int(file.read_text()) for file in files]

    @property
    def stdin(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    def end(self) -> int:
        """Wait for the manager's end; its exit status."""
        return self.process.wait(30)

    def clean(self) -> None:
        for process in [*psutil.Process(self.process.pid).children(recursive=True)] if self.alive else []:
            process.kill()
        self.process.kill()
        self.process.wait()
        self.stdin.close()
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


def wait_for(condition: "object", limit: float = 20.0) -> None:
    assert callable(condition)
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < limit, "waited too long"
        time.sleep(0.05)


def gone(pids: list[int]) -> bool:
    return not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids)


@pytest.fixture
def managers() -> Iterator[list[Running]]:
    started: list[Running] = []
    yield started
    for manager in started:
        manager.clean()


def start(managers: list[Running], folder: Path, **options: object) -> Running:
    managers.append(Running(folder, **options))
    return managers[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_servers(managers: list[Running], tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM are the ways to end; nothing keeps running, and the exit status is 0."""
    manager = start(managers, tmp_path, servers={"one": SLEEP, "two": SLEEP})
    pids = manager.pids()
    manager.process.send_signal(number)
    assert manager.end() == 0
    assert gone(pids)


def test_the_closing_pipe_ends_all_servers(managers: list[Running], tmp_path: Path) -> None:
    """This is how a chat's servers end, however the chat ends."""
    manager = start(managers, tmp_path, servers={"one": SLEEP, "two": SLEEP}, pipe=True)
    pids = manager.pids()
    manager.stdin.close()
    assert manager.end() == 0
    assert gone(pids)


def test_a_pipe_that_is_closed_from_the_beginning_ends_the_start(managers: list[Running], tmp_path: Path) -> None:
    manager = start(managers, tmp_path, servers={"one": SLEEP, "two": SLEEP}, pipe=True)
    manager.stdin.close()
    assert manager.end() == 0


def test_one_server_s_end_ends_the_others_and_is_a_failure(managers: list[Running], tmp_path: Path) -> None:
    wait = "[time.sleep(0.05) for _ in iter(lambda: pathlib.Path('two.pid').exists(), True)];"
    manager = start(managers, tmp_path, servers={"one": wait + "raise SystemExit(7)", "two": SLEEP})
    pids = manager.pids()
    assert manager.end() == 7
    assert gone(pids)


def test_logs_are_one_file_per_server(managers: list[Running], tmp_path: Path) -> None:
    manager = start(managers, tmp_path, servers={"one": SLEEP, "two": SLEEP}, log_dir="log")
    manager.pids()
    wait_for(lambda: all("hello" in read(tmp_path / "log" / f"{name}.log") for name in ("one", "two")))
    manager.process.terminate()
    assert manager.end() == 0


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_server_that_will_not_go_is_killed(managers: list[Running], tmp_path: Path) -> None:
    stubborn = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
    manager = start(managers, tmp_path, servers={"one": stubborn})
    pids = manager.pids()
    time.sleep(0.5)
    manager.process.terminate()
    assert manager.end() == 0
    assert gone(pids)


if sys.platform == "linux":

    def test_servers_end_even_when_their_manager_is_killed(managers: list[Running], tmp_path: Path) -> None:
        """SIGKILL leaves the manager no chance; the kernel tells the servers."""
        manager = start(managers, tmp_path, servers={"one": SLEEP, "two": SLEEP})
        pids = manager.pids()
        manager.process.kill()
        manager.process.wait()
        wait_for(lambda: gone(pids))
