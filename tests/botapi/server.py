"""The Bot API server as a process of its own: `python -m tests.botapi.server --port-file F [--script S]`.

Besides `/bot<token>/<method>` it has what tests steer it by: `POST /control/update` (an update without its
id), `POST /control/refuse` (`method`, `error_code`, `description`, `parameters`: refuse the next such call)
and `GET /control/calls?first=N&least=N&seconds=S` (what was called). A script is a JSON list of updates that
wait from the start.
"""

import argparse
import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.botapi.methods import call
from tests.botapi.rejections import Rejected, bad_request
from tests.botapi.state import Json, State

TOKEN = "999:a-token-for-tests_only"


class Handler(BaseHTTPRequestHandler):
    """One request; the server carries the state."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/control/"):
            self._control(json.loads(body))
        else:
            self._api(body)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path != "/control/calls":
            self._api(address.query.encode())
            return
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        calls = self.server.state.calls_since(
            int(query.get("first", 0)), int(query.get("least", 0)), float(query.get("seconds", 0))
        )
        self._reply(200, {"calls": calls})

    def _control(self, order: Json) -> None:
        state = self.server.state
        if self.path == "/control/update":
            self._reply(200, {"update_id": state.push(order)})
        elif self.path == "/control/refuse":
            refusal = Rejected(order["error_code"], order["description"], order.get("parameters"))
            with state.changed:
                state.refusals.append((order["method"], refusal))
            self._reply(200, {})
        else:
            self._reply(404, {})

    def _api(self, body: bytes) -> None:
        state = self.server.state
        match = re.fullmatch(r"/bot([^/]*)/([A-Za-z]+)", urlsplit(self.path).path)
        if match is None:
            self._reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})
            return
        method, parameters = match[2], {}
        try:
            if match[1] != state.token:
                raise Rejected(401, "Unauthorized")
            parameters = self._parameters(body)
            result = call(state, method, parameters)
        except Rejected as refusal:
            state.record(method, parameters, refusal.description)
            answer: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            self._reply(refusal.code, answer)
            return
        if method != "getUpdates":
            state.record(method, parameters, None)
        self._reply(200, {"ok": True, "result": result})

    def _parameters(self, body: bytes) -> Json:
        kind = (self.headers.get("Content-Type") or "application/x-www-form-urlencoded").split(";")[0]
        try:
            if kind == "application/json":
                return dict(json.loads(body))
            if kind == "application/x-www-form-urlencoded":
                return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))
        except ValueError as error:
            raise bad_request(f"the body can't be read: {error}") from error
        raise bad_request(f"unexpected content type {kind!r}")

    def _reply(self, status: int, answer: Any) -> None:
        content = json.dumps(answer).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the calls are recorded."""


class Server(ThreadingHTTPServer):
    """Listens on a free port of the loopback interface."""

    daemon_threads = True

    def __init__(self, state: State) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.state = state


def main() -> None:
    """Serve until killed; the port is written to the port file once the server listens."""
    options = argparse.ArgumentParser()
    options.add_argument("--port-file", type=Path, required=True)
    options.add_argument("--script", type=Path)
    options.add_argument("--token", default=TOKEN)
    given = options.parse_args()
    state = State(given.token)
    for update in json.loads(given.script.read_text("utf-8")) if given.script else []:
        state.push(update)
    server = Server(state)
    half_written = given.port_file.with_suffix(".part")
    half_written.write_text(str(server.server_port), "utf-8")
    os.replace(half_written, given.port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
