"""Runs the servers together under honcho, and makes sure that none outlives the command that started it.

Honcho ends all servers when one ends, and on SIGTERM or Ctrl-C. What is added here: a start that a signal
may interrupt at any moment, a life that can hang on a pipe, and on Linux children that end even when this
process is killed outright.
"""

import ctypes
import os
import shlex
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Process

from citydesk.servers import Server, full_environment

PR_SET_PDEATHSIG = 1
END_LIMIT = 5.0  # seconds that servers have to end by themselves


class _Message(Protocol):
    """The part of honcho's messages that printers look at."""

    type: str
    data: bytes | str
    name: str


class LogFiles(Printer):  # type: ignore[misc]  # honcho has no types
    """A honcho printer that writes each server's lines into its own file, begun afresh at every start."""

    def __init__(self, folder: Path) -> None:
        super().__init__(output=sys.stderr)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: dict[str, IO[str]] = {}

    def write(self, message: _Message) -> None:
        if message.name not in self._files:
            self._files[message.name] = (self._folder / f"{message.name}.log").open("w", encoding="utf-8")
        text = message.data if isinstance(message.data, str) else message.data.decode("utf-8", "replace")
        stream = self._files[message.name]
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()


class _Process(Process):  # type: ignore[misc]
    """A server's watcher, which on Linux is killed together with the manager."""

    def run(self, *args: object, **kwargs: object) -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        super().run(*args, **kwargs)


class Servers(Manager):  # type: ignore[misc]
    """Honcho's manager. `on_started` is called once, in its own thread, when all processes have begun."""

    def __init__(self, servers: list[Server], printer: Printer, on_started: Callable[[], None] | None = None) -> None:
        super().__init__(printer)
        self._process_ctor = _Process
        self._asked_to_end = False
        self._on_started = on_started
        for server in servers:
            self.add_process(server.name, shell_command(server), env=full_environment(server))

    def terminate(self) -> None:
        """End all servers; when some have not begun yet, as soon as they have."""
        if self._all_started():
            self._end()
        else:
            self._asked_to_end = True

    def _end(self) -> None:
        super().terminate()
        killer = threading.Timer(END_LIMIT, self.kill)
        killer.daemon = True
        killer.start()

    def _all_started(self) -> bool:
        started = bool(super()._all_started())
        if started and self._asked_to_end:
            self._asked_to_end = False
            self._end()
        if started and self._on_started is not None:
            threading.Thread(target=self._on_started, daemon=True).start()
            self._on_started = None
        return started


def shell_command(server: Server) -> str:
    """The command for honcho, which uses a shell; on Linux with a signal on the parent's death."""
    setpriv = shutil.which("setpriv")
    guard = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv and sys.platform == "linux" else []
    return "exec " + shlex.join([*guard, *server.command])


def end_when_stdin_closes() -> None:
    """Send this process SIGTERM once standard input is at its end. Blocks until then."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def run_servers(
    servers: list[Server],
    *,
    log_dir: Path | None = None,
    until_stdin_closes: bool = False,
    on_started: Callable[[], None] | None = None,
) -> int:
    """Run all servers until one ends, a signal comes, or (if asked) standard input closes. Blocks.

    Output goes to standard output, each line with its server's name, or into `log_dir`. Returns 0 after an
    end that was asked for, else the exit status of the server that ended first (1 where it ended by a
    signal or with 0).
    """
    printer = LogFiles(log_dir) if log_dir else Printer(sys.stdout)

    def started() -> None:
        if until_stdin_closes:
            threading.Thread(target=end_when_stdin_closes, daemon=True).start()
        if on_started is not None:
            on_started()

    manager = Servers(servers, printer, started)
    manager.loop()
    return exit_status(manager.returncode)


def exit_status(returncode: int | None) -> int:
    """Honcho's return code as ours: 130 and 143 stand for the signals that ask for an end."""
    if returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM):
        return 0
    return returncode if returncode is not None and returncode > 0 else 1
