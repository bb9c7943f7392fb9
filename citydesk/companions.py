"""Servers for the length of one chat: started when none are running, ended with it however it ends."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

from citydesk.readiness import wait_until_ready
from citydesk.servers import all_servers, are_running, check_startable, log_file, own_environment
from citydesk.settings import Settings

END_LIMIT = 20.0  # seconds; honcho itself kills after five


@contextlib.contextmanager
def running_servers(settings: Settings, on_progress: Callable[[str], None]) -> Iterator[None]:
    """While the block runs, the action server and Rasa answer on the chosen ports.

    Servers that are running already are used and left alone. Others are started as a child whose life hangs
    on a pipe: it closes when this process ends, even by SIGKILL, and the servers end then. Raises
    MissingPartError, PortBusyError or ServerError.
    """
    if are_running(settings):
        yield
        return
    servers = all_servers(settings, with_bot=False)
    check_startable(settings, servers)
    on_progress("Starting CityDesk …")
    command = [sys.executable, "-m", "citydesk", "run", "--until-stdin-closes", "--no-bot"]
    child = subprocess.Popen(
        [*command, "--log-dir", str(settings.log_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | own_environment(settings),
        # Ctrl-C in the terminal is for the chat; the pipe tells the servers when it is over.
        start_new_session=True,
    )
    try:
        wait_until_ready(servers, lambda: child.poll() is None, lambda name: log_file(settings, name), on_progress)
        yield
    finally:
        end(child)


def end(child: "subprocess.Popen[bytes]") -> None:
    """Close the pipe and wait for the servers' end; kill what does not go."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(END_LIMIT)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
