"""The server as a process of its own: started, asked what it has answered, measured bare, ended."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.ingest.feeds import Feed
from bench.ingest.server import COUNTS

ROOT = Path(__file__).resolve().parents[2]
_LIMIT_S = 30


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    port: int

    def url(self, name: str) -> str:
        """The address of a feed."""
        return f"http://127.0.0.1:{self.port}/{name}"

    def counts(self) -> dict[int, int]:
        """How many answers it has given, by status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_LIMIT_S)
        try:
            connection.request("GET", COUNTS)
            counted = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return {int(status): count for status, count in counted.items()}

    def ceiling(self, feeds: list[Feed], *, known: bool) -> float:
        """Answers per second that one plain client gets on one kept connection. `known`: each is a 304."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_LIMIT_S)
        try:
            start = time.perf_counter()
            for feed in feeds:
                connection.request("GET", f"/{feed.name}", headers={"If-None-Match": feed.etag} if known else {})
                connection.getresponse().read()
            return len(feeds) / (time.perf_counter() - start)
        finally:
            connection.close()


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A server of the feeds in `folder` (see `write_folder`), ended at the end."""
    command = [sys.executable, "-m", "bench.ingest.server", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield Served(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(_LIMIT_S)
