"""Whatever a server sends: a feed's bytes, or an error of this room's own."""

import asyncio
import random

from news_ingest.errors import FeedAddressInvalid, FeedError, FeedForbidden, FeedTooLarge, FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.values import NotModified, Retrieved
from tests.integration.news_ingest.fetching.conftest import names

STARTS = [
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 301 Moved\r\n",
    b"HTTP/1.1 304 Not Modified\r\n",
    b"HTTP/1.1 503 Busy\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200\r\n",
    b"HTTP/1.1 101 Switch\r\n",
    b"HTTP/2 200\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"",
]
HEADERS = [
    b"Location: http://[\r\n",
    b"Location: //\r\n",
    b"Location: \xff\xfe\xe6\r\n",
    b"Location: http://10.0.0.1/\r\n",
    b"Location: http://10.0.0.1:99999/\r\n",
    b"Location: https://x:y@/\r\n",
    b"Content-Length: 10\r\n",
    b"Content-Length: " + b"9" * 20 + b"\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: \xe7\x89\x9b\r\n",
    b"Retry-After: \xe6\x98\x8e\r\n",
    b"Cache-Control: max-age=,,=;\xff\r\n",
    b"Age: 1e9\r\n",
    b"Expires: Mon, 99 Foo 20199 99:99:99\r\n",
    b"Date: \xb2\r\n",
    b"ETag: \xe7\x89\x9b\r\n",
    b"Last-Modified:\r\n",
]
ODD_HEADERS = [b": nameless\r\n", b" folded\r\n", b"Content-Length: -1\r\n", b"no colon\r\n", b"A\x00: b\r\n"]
BODIES = [
    b"",
    b"a\r\n0123456789\r\n0\r\n\r\n",
    b"ffffffffffffffffffffffff\r\n",
    b"\x1f\x8b\x08\x00garbage",
    b"<rss/>",
    b"\x00" * 40,
]


def make_answer(chance: random.Random) -> bytes:
    """An answer's parts, each by chance; one in ten is cut off somewhere."""
    headers = chance.sample(HEADERS, k=chance.randint(0, 5))
    if chance.random() < 0.1:
        headers.append(chance.choice(ODD_HEADERS))
    made = b"".join([chance.choice(STARTS), *headers, b"\r\n", chance.choice(BODIES)])
    return made[: chance.randint(0, len(made))] if chance.random() < 0.1 else made


async def test_garbage() -> None:
    """Two thousand answers put together by chance."""
    chance = random.Random(20190506)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(make_answer(chance))
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    reader = HttpFetcher(allowed_networks=["127.0.0.1"], use_proxies=False, per_host=8, resolver=names)
    async with server, reader as fetcher:
        outcomes = await asyncio.gather(
            *(fetcher.fetch(url, '"v1"' if number % 2 else None) for number in range(2000)), return_exceptions=True
        )
    unknown = [o for o in outcomes if not isinstance(o, Retrieved | NotModified | FeedError)]
    assert [] == unknown
    # All that can become of an answer did.
    kinds = {type(outcome) for outcome in outcomes}
    assert {Retrieved, NotModified, FeedAddressInvalid, FeedForbidden, FeedTooLarge, FeedUnreachable} == kinds
