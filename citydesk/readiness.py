"""Waits until servers answer, and tells from their logs why one does not."""

import time
from collections.abc import Callable
from pathlib import Path

from citydesk.errors import ServerError
from citydesk.servers import Server

START_LIMIT = 300.0  # seconds; Rasa with TensorFlow takes 10 to 20 on an idle machine, minutes on a busy one
LOG_LINES = 12


def wait_until_ready(
    servers: list[Server],
    is_alive: Callable[[], bool],
    log_file: Callable[[str], Path],
    on_progress: Callable[[str], None],
    limit: float = START_LIMIT,
) -> None:
    """Return when every server answers.

    Raises ServerError, with the end of the log of the server that is not ready, when `is_alive` says that
    they have ended or when `limit` seconds have passed.
    """
    begun = time.monotonic()
    waiting = list(servers)
    next_word = 10.0
    while waiting:
        ready = [server for server in waiting if server.is_ready()]
        waiting = [server for server in waiting if server not in ready]
        passed = time.monotonic() - begun
        if not waiting:
            break
        if not is_alive():
            raise ServerError(_why(waiting, log_file, "ended while starting"))
        if passed > limit:
            raise ServerError(_why(waiting, log_file, f"did not answer within {limit:.0f} seconds"))
        if passed > next_word:
            on_progress(f"  waiting for {' and '.join(server.title for server in waiting)} ({passed:.0f} s) …")
            next_word += 10.0
        time.sleep(0.2)


def _why(waiting: list[Server], log_file: Callable[[str], Path], what: str) -> str:
    lines = [f"{' and '.join(server.title for server in waiting).capitalize()} {what}."]
    for server in waiting:
        path = log_file(server.name)
        lines += [f"The end of {path}:", *(f"    {line}" for line in last_lines(path))]
    lines.append("'citydesk doctor' checks the set-up.")
    return "\n".join(lines)


def last_lines(path: Path, count: int = LOG_LINES) -> list[str]:
    """The last `count` lines of a log, or a note that there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:] or ["(empty)"]
    except OSError:
        return ["(no log was written)"]
