"""Ports: free, taken, and answered by what is expected there."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from citydesk.errors import PortBusyError
from citydesk.ports import answers, is_free
from citydesk.servers import Server, check_ports


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(body: bytes, status: int = 200) -> Iterator[int]:
    """A small HTTP server that gives `body` to every GET; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_a_port_is_taken_while_someone_listens_and_free_again_after() -> None:
    with serving(b"") as port:
        assert not is_free(port)
    assert is_free(port)


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (b'{"status": "ok"}', 200, True),
        (b'{"status": "ok"}', 503, False),
        (b'{"status": "starting"}', 200, False),
        (b'["ok"]', 200, False),
        (b"<html>", 200, False),
    ],
)
def test_only_the_expected_answer_counts_as_ready(body: bytes, status: int, expected: bool) -> None:
    """Another program on the port must not be taken for our server."""
    with serving(body, status) as port:
        assert expected == answers(f"http://127.0.0.1:{port}/health")


def test_nobody_there_is_not_ready() -> None:
    assert not answers(f"http://127.0.0.1:{free_port()}/health")


def test_a_busy_port_is_found_before_anything_starts() -> None:
    with serving(b"") as port:
        server = Server("rasa", "Rasa", ("true",), port=port, setting="CITYDESK_RASA_PORT")
        with pytest.raises(PortBusyError) as caught:
            check_ports([server])
    assert caught.value.port == port
