"""A small web server on 127.0.0.1 that answers as good and bad feed servers do."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>市政新聞</title>'
    "<language>zh-TW</language><link>https://city.example/</link>"
    "<item><title>圖書館延長開放</title><link>https://city.example/1</link><guid>https://city.example/1</guid>"
    "<pubDate>Tue, 03 Apr 2018 10:00:00 +0800</pubDate><description>每天開放到晚上十點。</description></item>"
    "</channel></rss>"
).encode()
BOMB = gzip.compress(b" " * 20_000_000)
ETAG = '"v1"'
MODIFIED = "Tue, 03 Apr 2018 02:00:00 GMT"


class FeedServer(ThreadingHTTPServer):
    """Notes the headers of each request in `seen`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()

    def url(self, path: str) -> str:
        """The address of one of the pages."""
        return f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """The server, running until the block ends."""
    server = FeedServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        page = getattr(self, "page_" + self.path.strip("/").replace("-", "_"), None)
        if page is None:
            self.answer(404, b"no such page")
        else:
            page()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_feed(self) -> None:
        if self.headers.get("If-None-Match") == ETAG or self.headers.get("If-Modified-Since") == MODIFIED:
            self.answer(304, ETag=ETAG)
        else:
            self.answer(200, FEED, Content_Type="application/rss+xml", ETag=ETAG, Last_Modified=MODIFIED)

    def page_zipped(self) -> None:
        self.answer(200, gzip.compress(FEED), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.answer(200, BOMB, Content_Encoding="gzip")

    def page_not_gzip(self) -> None:
        self.answer(200, FEED, Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.answer(200, FEED, Content_Encoding="br")

    def page_announced_large(self) -> None:
        self.answer(200, b"", Content_Length="999999999999")

    def page_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.closing.is_set():
                self.wfile.write(b"<item>" * 10_000)
        except OSError:
            pass  # the reader has had enough

    def page_slow(self) -> None:
        self.server.closing.wait(5)

    def page_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            # Ends some time, so that a reader without a deadline fails the test instead of hanging it.
            for _ in range(500):
                self.wfile.write(b" ")
                time.sleep(0.02)
        except OSError:
            pass

    def page_broken_off(self) -> None:
        self.answer(200, FEED[:-100], Content_Length=str(len(FEED)), ETag=ETAG)

    def page_moved(self) -> None:
        self.answer(301, Location="/feed")

    def page_loop(self) -> None:
        self.answer(302, Location="/loop")

    def page_to_a_file(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def page_gone(self) -> None:
        self.answer(410)

    def page_forbidden(self) -> None:
        self.answer(403)

    def page_busy(self) -> None:
        self.answer(503, Retry_After="120")

    def page_garbled(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")

    def page_html(self) -> None:
        self.answer(200, b"<!DOCTYPE html><html><body>Welcome</body></html>", Content_Type="text/html")
