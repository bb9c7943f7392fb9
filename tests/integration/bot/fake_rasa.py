"""A dialogue server for tests, with Rasa's REST channel; a process: `python -m <this module> --port-file F`.

What it replies to a message stands in `REPLIES`; other messages are echoed as answers. `GET /heard` gives all
that it was sent.
"""

import argparse
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]

QUOTE: Final = "Visitors <b>& guests</b> came."
SOURCE: Final[Json] = {
    "id": "news:0123456789abcdef",
    "kind": "news",
    "title": "Expo <2018> & more",
    "url": "https://city.example/news?a=1&b=2",
    "published": "2018-04-03",
    "language": "en",
    "quote": QUOTE,
    "sample": True,
    "url_is_home_page": True,
}


def message(kind: str, text: str, language: str = "en", **more: Any) -> Json:
    """A payload as the action server sends it."""
    return {"type": kind, "id": "m1", "text": text, "language": language, "buttons": [], **more}


def answer(text: str, *, status: str = "answered", **more: Any) -> Json:
    """An answer with one news source."""
    return {**message("answer", text, status=status, confidence=0.9, sources=[SOURCE]), **more}


REPLIES: Final[dict[str, list[Json]]] = {
    "/help": [message("notice", "help from the dialogue server")],
    '/choose_language{"language": "ja"}': [message("notice", "これからは日本語でお答えします。", "ja")],
    '/show_entry{"entry": "meters.what"}': [answer("The entry on meters.", sources=[])],
    "special characters": [answer(f"The city reported on April 3, 2018:\n\n{QUOTE}")],
    "long": [answer("市府今天宣布「三表」上路。\n" * 800, sources=[])],
    "choices": [
        answer(
            "Is it one of these?",
            status="uncertain",
            sources=[],
            buttons=[
                {"title": "Meters", "payload": '/show_entry{"entry": "meters.what"}'},
                {"title": "Evil", "payload": "/restart"},
            ],
        )
    ],
    "nothing": [],
    "not as agreed": [{"type": "riddle"}],
}


class Handler(BaseHTTPRequestHandler):
    """One request to the fake."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self._reply(200, self.server.heard if self.path == "/heard" else "Hello from Rasa: 3.6.21")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.heard.append(body)
            times = sum(one["message"] == body["message"] for one in self.server.heard)
        text = body["message"]
        if text == "slow":
            time.sleep(0.8)
        if text == "fails once" and times == 1:
            self._reply(500, {"status": "failure"})
            return
        replies = REPLIES.get(text, [answer(f"You said: {text}", sources=[])])
        self._reply(200, [{"recipient_id": body["sender"], "custom": reply} for reply in replies])

    def _reply(self, status: int, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what was sent is recorded."""


class Server(ThreadingHTTPServer):
    """Listens on a free port of the loopback interface."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[Json] = []
        self.lock = threading.Lock()


def main() -> None:
    """Serve until killed."""
    options = argparse.ArgumentParser()
    options.add_argument("--port-file", type=Path, required=True)
    port_file = options.parse_args().port_file
    server = Server()
    half_written = port_file.with_suffix(".part")
    half_written.write_text(str(server.server_port), "utf-8")
    os.replace(half_written, port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
