"""Waiting for servers: it ends when they answer, and tells why when they do not."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydesk.errors import ServerError
from citydesk.readiness import last_lines, wait_until_ready
from citydesk.servers import Server

# Says {"status": "ok"} to every GET, on a free port that it prints; begins after a moment, as servers do.
SLOW_SERVER = """
import http.server, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'{"status": "ok"}')
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
time.sleep(0.5)
server.serve_forever()
"""


@pytest.fixture
def slow_server() -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    yield Server("slow", "the slow server", (), port=port, health_url=f"http://127.0.0.1:{port}/health")
    process.kill()
    process.wait()
    process.stdout.close()


def nobody(name: str) -> Server:
    # Port 1 is reserved: nothing of anyone's listens there.
    return Server(name, f"the {name} server", (), health_url="http://127.0.0.1:1/health")


def test_waiting_ends_when_all_answer(slow_server: Server, tmp_path: Path) -> None:
    begun = time.monotonic()
    wait_until_ready([slow_server], lambda: True, lambda name: tmp_path / name, lambda text: None)
    assert time.monotonic() - begun < 10


def test_an_end_while_starting_is_told_with_the_end_of_the_log(tmp_path: Path) -> None:
    """The reason is in the log, so its last lines and its path are part of the message."""
    log = tmp_path / "actions.log"
    log.write_text("".join(f"line {n}\n" for n in range(100)) + "no such index\n", encoding="utf-8")
    with pytest.raises(ServerError) as caught:
        wait_until_ready([nobody("actions")], lambda: False, lambda name: log, lambda text: None)
    message = str(caught.value)
    assert "The actions server ended while starting" in message
    assert str(log) in message
    assert "no such index" in message
    assert "line 5\n" not in message


def test_waiting_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="did not answer within 1 seconds"):
        wait_until_ready([nobody("rasa")], lambda: True, lambda name: tmp_path / name, print, limit=1)


def test_a_log_that_was_never_written_is_no_second_failure(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "none.log") == ["(no log was written)"]
