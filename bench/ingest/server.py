"""`python -m bench.ingest.server FOLDER`: serves a folder's feeds on a free port of 127.0.0.1, which it prints.

Every answer is ready before the first request comes, so that the server is never what is measured. It keeps
connections, answers 304 to a version that the client has, and tells at `COUNTS` what it has answered. It ends when its
standard input does.
"""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

from bench.ingest.feeds import Feed

COUNTS = "/counts"
_END = b"\r\n\r\n"


def answers(feeds: list[Feed]) -> dict[bytes, tuple[bytes, bytes, bytes]]:
    """path → (its ETag, the answer in full, the answer 304)."""
    return {f"/{feed.name}".encode(): (feed.etag.encode(), *_rendered(feed)) for feed in feeds}


def _rendered(feed: Feed) -> tuple[bytes, bytes]:
    version = f"ETag: {feed.etag}\r\nLast-Modified: {feed.modified}\r\n"
    full = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(feed.body)}\r\n{version}\r\n"
    return full.encode() + feed.body, f"HTTP/1.1 304 Not Modified\r\n{version}\r\n".encode()


class Connection(asyncio.Protocol):
    """One client. Requests have no body, and may come one after the other without waiting."""

    def __init__(self, ready: dict[bytes, tuple[bytes, bytes, bytes]], counts: Counter[int]) -> None:
        self._ready = ready
        self._counts = counts
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        assert self._transport is not None
        self._waiting += data
        while _END in self._waiting:
            head, _, self._waiting = self._waiting.partition(_END)
            self._transport.write(self._answer(head))
            if b"\r\nconnection: close" in head.lower():
                self._transport.close()

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if path == COUNTS.encode():
            body = json.dumps(self._counts).encode()
            return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        if path not in self._ready:
            self._counts[404] += 1
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        etag, full, unmodified = self._ready[path]
        known = etag in head
        self._counts[304 if known else 200] += 1
        return unmodified if known else full


def read_folder(folder: Path) -> list[Feed]:
    """The feeds that `write_folder` wrote."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [Feed(name, (folder / name).read_bytes(), etag, modified) for name, etag, modified in index]


def write_folder(feeds: list[Feed], folder: Path) -> None:
    """The feeds as files, for the server and for whoever reads them without one."""
    for feed in feeds:
        (folder / feed.name).write_bytes(feed.body)
    index = [(feed.name, feed.etag, feed.modified) for feed in feeds]
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


async def serve(feeds: list[Feed]) -> None:
    """Until standard input ends."""
    loop = asyncio.get_running_loop()
    ready, counts = answers(feeds), Counter[int]()
    server = await loop.create_server(lambda: Connection(ready, counts), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(read_folder(Path(sys.argv[1]))))
