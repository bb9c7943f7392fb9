"""A web server on 127.0.0.1 that does what servers do to readers: good things, bad things and malice."""

import gzip
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>區公所公告</title>'
    "<item><title>河濱公園週六清潔</title><link>https://city.example/park</link>"
    "<description>當天上午停車場不開放，請改搭公車。</description></item></channel></rss>"
).encode()
ETAG = '"monday"'
MODIFIED = "Mon, 06 May 2019 02:00:00 GMT"
BOMB = gzip.compress(b" " * 20_000_000)


class FaultServer(ThreadingHTTPServer):
    """Notes each request's path and headers (by lower-case name) in `seen`, and how many ran at once in `most`."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "http"
        if tls is not None:
            self.scheme = "https"
            # The handshake is left to the request's own thread, so that a bad one stops nobody else.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.running = 0
        self.most = 0
        self.robots: tuple[int, bytes] = (404, b"")
        self.lock = threading.Lock()
        self.closing = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of one of the pages."""
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.seen]

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers that hang up are what the tests are about."""


@contextmanager
def fault_server(tls: ssl.SSLContext | None = None) -> Iterator[FaultServer]:
    """The server, running until the block ends."""
    server = FaultServer(tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificate(folder: Path, name: str = "localhost", address: str = "127.0.0.1") -> Path:
    """A certificate signed by nobody but itself, with its key, in one file."""
    path, key = folder / f"{name}.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},IP:{address}"]
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *names, "-keyout", str(key), "-out", str(path)],
        check=True,
        capture_output=True,
    )
    path.write_bytes(key.read_bytes() + path.read_bytes())
    return path


class _Handler(BaseHTTPRequestHandler):
    server: FaultServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    answered = False

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections += 1

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.server.running += 1
            self.server.most = max(self.server.most, self.server.running)
        try:
            name = self.path.partition("?")[0].strip("/").replace("-", "_").replace(".", "_")
            getattr(self, "page_" + name, self.page_nowhere)()
        except OSError:
            self.close_connection = True  # the reader has had enough
        finally:
            with self.server.lock:
                self.server.running -= 1

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, **headers: str) -> None:
        """An answer of unknown length."""
        self.answer(200, b"", Content_Length="", Connection="close", **headers)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Without a date of its own, so that a page can give one."""
        self.send_response_only(code, message)

    def send_header(self, keyword: str, value: str) -> None:
        if value:
            super().send_header(keyword, value)

    def reset(self) -> None:
        """Hang up as a crashed machine does."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def page_nowhere(self) -> None:
        self.answer(404, b"no such page")

    def page_robots_txt(self) -> None:
        self.answer(*self.server.robots)

    def page_feed(self) -> None:
        if self.headers.get("If-None-Match") == ETAG or self.headers.get("If-Modified-Since") == MODIFIED:
            self.answer(304, ETag=ETAG, Cache_Control="max-age=300")
        else:
            self.answer(200, FEED, Content_Type="application/rss+xml", ETag=ETAG, Last_Modified=MODIFIED)

    def page_held(self) -> None:
        self.server.closing.wait(0.05)
        self.answer(200, FEED)

    def page_fresh(self) -> None:
        self.answer(200, FEED, Cache_Control="public, max-age=600", Age="100")

    def page_hides_nothing_new(self) -> None:
        self.answer(304)

    def page_zipped(self) -> None:
        self.answer(200, gzip.compress(FEED), Content_Encoding="gzip")

    def page_as_picture(self) -> None:
        self.answer(200, FEED, Content_Type="image/png")

    # Elsewhere.

    def page_moved(self) -> None:
        self.answer(301, b"moved", Location="/feed")

    def page_moved_twice(self) -> None:
        self.answer(308, Location="/moved")

    def page_elsewhere(self) -> None:
        self.answer(302, Location="/feed")

    def page_moved_then_elsewhere(self) -> None:
        self.answer(301, Location="/elsewhere")

    def page_loop(self) -> None:
        self.answer(301, Location="/loop-back")

    def page_loop_back(self) -> None:
        self.answer(302, Location="/loop")

    def page_to_a_file(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def page_to_nowhere(self) -> None:
        self.answer(302)

    def page_inside(self) -> None:
        self.answer(302, Location=self.server.url("/feed", "127.0.0.2"))

    def page_to_metadata(self) -> None:
        self.answer(302, Location="http://169.254.169.254/latest")

    def page_by_name(self) -> None:
        self.answer(302, Location=self.server.url("/feed", "inside.test"))

    # Not now, not here, never again.

    def page_gone(self) -> None:
        self.answer(410)

    def page_forbidden(self) -> None:
        self.answer(403)

    def page_broken(self) -> None:
        self.answer(500)

    def page_busy(self) -> None:
        self.answer(503, Retry_After="120")

    def page_too_many(self) -> None:
        self.answer(429, Date="Mon, 06 May 2019 02:00:00 GMT", Retry_After="Mon, 06 May 2019 03:00:00 GMT")

    # Slow, endless, large.

    def page_silent(self) -> None:
        self.server.closing.wait(5)
        self.close_connection = True

    def page_loris(self) -> None:
        """Its headers come one letter at a time."""
        self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500)

    def page_dripping(self) -> None:
        self.begin()
        self.drip(b" " * 500)

    def drip(self, data: bytes) -> None:
        self.close_connection = True
        # Ends some time, so that a reader without a deadline fails the test instead of hanging it.
        for letter in data:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            if self.server.closing.wait(0.02):
                return

    def page_endless(self) -> None:
        self.begin()
        self.flood(b"<item>" * 10_000)

    def page_endless_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.flood(b"X-More: more\r\n" * 1000)

    def flood(self, piece: bytes) -> None:
        self.close_connection = True
        while not self.server.closing.is_set():
            self.wfile.write(piece)

    def page_bomb(self) -> None:
        self.answer(200, BOMB, Content_Encoding="gzip")

    def page_announced_large(self) -> None:
        self.close_connection = True
        self.answer(200, b"", Content_Length="999999999999")

    # Broken.

    def page_not_gzip(self) -> None:
        self.answer(200, FEED, Content_Encoding="gzip")

    def page_half_a_gzip(self) -> None:
        self.answer(200, gzip.compress(FEED)[:-40], Content_Encoding="gzip", ETag=ETAG)

    def page_brotli(self) -> None:
        self.answer(200, FEED, Content_Encoding="br")

    def page_garbled(self) -> None:
        self.close_connection = True
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")

    def page_broken_off(self) -> None:
        self.close_connection = True
        self.answer(200, FEED[:-100], Content_Length=str(len(FEED)), ETag=ETAG)

    def page_reset(self) -> None:
        self.answer(200, FEED[:-100], Content_Length=str(len(FEED)), ETag=ETAG)
        self.wfile.flush()
        self.server.closing.wait(0.1)
        self.reset()

    def page_reset_at_once(self) -> None:
        self.reset()

    def page_reset_after_headers(self) -> None:
        self.answer(200, b"", Content_Length="500")
        self.wfile.flush()
        self.server.closing.wait(0.1)
        self.reset()

    def page_kept_then_closed(self) -> None:
        """Says that the connection stays, and closes it."""
        self.answer(200, FEED)
        self.close_connection = True

    def page_answers_once(self) -> None:
        """Hangs up on the second request of a connection, as a server does whose patience ended just then."""
        if self.answered:
            self.close_connection = True
        else:
            self.answer(200, FEED)
        self.answered = True
