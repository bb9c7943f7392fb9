"""Feeds over http(s), many at a time, politely and behind a guard; and from files."""

import asyncio
import ssl
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from types import TracebackType
from typing import Self

import httpcore
from h2.events import ConnectionTerminated

from news_ingest.errors import FeedNotFound, FeedUnreachable
from news_ingest.fetching import problems
from news_ingest.fetching.fetcher import Fetcher
from news_ingest.fetching.files import MAX_BYTES, file_path, read_file, too_large
from news_ingest.fetching.freshness import fresh_for
from news_ingest.fetching.guard import AddressRefused, GuardedBackend, Resolver, resolve
from news_ingest.fetching.limits import RequestLimits
from news_ingest.fetching.pools import Pools
from news_ingest.fetching.request import ACCEPT, NAME, by_name, credentials, parsed_url, shown, user_agent
from news_ingest.fetching.robots import Robots
from news_ingest.fetching.stream import StaleConnection
from news_ingest.fetching.unpacking import TooMuch, Unpacker
from news_ingest.fetching.url import Url
from news_ingest.values import NotModified, Retrieved

_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_DRAINED = 64 * 1024
"""Bytes of a redirect's page that are read away to keep the connection."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one request brought. `body` is None where none was wanted."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Arrived:
    """The answer at the end of a chain of redirects."""

    answer: _Answer
    url: str
    moved_to: str | None


class HttpFetcher(Fetcher):
    """One for all feeds of a run, used with `async with`.

    `timeout` (seconds) is for each wait, `deadline` for all of a feed but its turn; `max_bytes` holds as sent and
    unpacked. `allow_private` lets any address through, `allowed_networks` ("10.1.0.0/16") only those. `robots`:
    robots.txt counts. `use_proxies` lets the proxy variables of the environment count. `now` is the wall clock; it
    serves dates in headers alone, never a deadline.
    """

    def __init__(
        self,
        *,
        timeout: float = 10.0,
        deadline: float = 30.0,
        max_bytes: int = MAX_BYTES,
        max_redirects: int = 5,
        per_host: int = 2,
        overall: int = 20,
        contact: str | None = None,
        robots: bool = False,
        allow_private: bool = False,
        allowed_networks: Sequence[str] = (),
        use_proxies: bool = True,
        ssl_context: ssl.SSLContext | None = None,
        resolver: Resolver = resolve,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._now = now
        self._limits = RequestLimits(per_host, overall)
        networks = [ip_network(network) for network in allowed_networks]
        backend = GuardedBackend(allow_private=allow_private, allowed=networks, resolver=resolver)
        self._pools = Pools(backend, connections=overall, use_proxies=use_proxies, ssl_context=ssl_context)
        self._robots = Robots(self._read_robots, NAME) if robots else None
        self._extensions = {"timeout": {"connect": timeout, "read": timeout, "write": timeout, "pool": deadline}}
        # Only gzip is asked for, because it is unpacked here, piece by piece, under the same limit.
        self._headers = [
            (b"User-Agent", user_agent(contact).encode("ascii")),
            (b"Accept", ACCEPT),
            (b"Accept-Encoding", b"gzip"),
        ]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pools.aclose()

    async def fetch(
        self, location: str, etag: str | None = None, modified: str | None = None
    ) -> Retrieved | NotModified:
        """See the port."""
        if not location.lower().startswith(("http://", "https://")):
            return await asyncio.to_thread(read_file, file_path(location), self._max_bytes)
        conditions = [
            (name, value.encode("ascii"))
            for name, value in ((b"If-None-Match", etag), (b"If-Modified-Since", modified))
            if value and value.isascii() and value.isprintable()
        ]
        arrived = await self._follow(location, conditions, robots=self._robots)
        answer = arrived.answer
        fresh = fresh_for(answer.headers, self._now())
        if answer.status == 304:
            if not conditions:
                raise problems.unasked_304(shown(location))
            return NotModified(arrived.url, arrived.moved_to, fresh)
        return Retrieved(
            arrived.url,
            answer.body or b"",
            answer.headers.get("content-type"),
            answer.headers.get("etag") if answer.whole else None,
            answer.headers.get("last-modified") if answer.whole else None,
            answer.whole,
            arrived.moved_to,
            fresh if answer.whole else None,
        )

    async def _follow(self, location: str, conditions: list[tuple[bytes, bytes]], *, robots: Robots | None) -> _Arrived:
        """Through redirects, to an answer that is one. Raises `FeedError`."""
        where = shown(location)
        url = parsed_url(where, location)
        moved_to: str | None = None
        for_good = True
        left = self._deadline
        loop = asyncio.get_running_loop()
        for _ in range(self._max_redirects + 1):
            if robots is not None and not await robots.allow(f"{url.scheme}://{url.netloc}", str(url)):
                raise problems.robots_say_no(where, NAME)
            async with self._limits.slot(url.host):
                begun = loop.time()
                answer = await self._ask(where, url, conditions, left)
                left -= loop.time() - begun
            if answer.status not in _REDIRECTS:
                return _Arrived(answer, str(url), moved_to if for_good else None)
            target = answer.headers.get("location")
            if not target:
                raise problems.leads_nowhere(where, answer.status)
            url = parsed_url(where, target, base=url)
            for_good = for_good and answer.status in _FOR_GOOD
            moved_to = str(url)
        raise problems.endless_redirects(where)

    async def _ask(self, where: str, url: Url, conditions: list[tuple[bytes, bytes]], left: float) -> _Answer:
        """One request, within the time that is left. Raises `FeedError`."""
        try:
            async with asyncio.timeout(left):
                try:
                    return await self._request(where, url, conditions)
                except (StaleConnection, httpcore.RemoteProtocolError) as error:
                    if not _was_over(error):
                        raise
                    # The server had closed a kept connection just then: that is nobody's fault.
                    return await self._request(where, url, conditions)
        except TimeoutError as error:
            raise problems.too_slow(where, self._deadline) from error
        except TooMuch as error:
            raise too_large(where, self._max_bytes) from error
        except zlib.error as error:
            raise problems.badly_packed(where) from error
        except _NETWORK as error:
            raise problems.no_connection(where, error) from error

    async def _request(self, where: str, url: Url, conditions: list[tuple[bytes, bytes]]) -> _Answer:
        request = httpcore.Request(
            b"GET",
            httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target),
            headers=[(b"Host", url.netloc.encode("ascii")), *self._headers, *credentials(url), *conditions],
            extensions=self._extensions,
        )
        response = await self._pools.pool_for(url).handle_async_request(request)
        try:
            answer = _Answer(response.status, by_name(response.headers))
            if response.status == 304 or response.status in _REDIRECTS:
                await _drain(response)
                return answer
            if not 200 <= response.status < 300:
                raise problems.bad_status(where, response.status, answer.headers, self._now())
            return await self._with_body(where, response, answer)
        finally:
            await response.aclose()

    async def _with_body(self, where: str, response: httpcore.Response, answer: _Answer) -> _Answer:
        packing = answer.headers.get("content-encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise problems.strangely_packed(where, packing)
        length = answer.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 18 or int(length) > self._max_bytes):
            raise TooMuch
        unpacker = Unpacker(self._max_bytes, packed=packing.endswith("gzip"))
        whole = True
        try:
            async for raw in response.aiter_stream():
                unpacker.take(raw)
        except (httpcore.RemoteProtocolError, httpcore.ReadError):
            # What came before the break is worth reading; nothing at all is not.
            if not unpacker.body:
                raise
            whole = False
        return replace(answer, body=unpacker.body, whole=whole and unpacker.complete)

    async def _read_robots(self, url: str) -> bytes | None:
        """No rules where the site has no such page, or none for strangers (RFC 9309); an error where it fails."""
        try:
            return (await self._follow(url, [], robots=None)).answer.body
        except FeedNotFound:
            return None
        except FeedUnreachable as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            raise


_NETWORK = (
    AddressRefused,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def _was_over(error: Exception) -> bool:
    """Whether a kept connection came to its end: without a word, or with HTTP/2's own."""
    return isinstance(error, StaleConnection) or any(isinstance(said, ConnectionTerminated) for said in error.args)


async def _drain(response: httpcore.Response) -> None:
    """Read a short body away, so that the connection can be used again."""
    left = _DRAINED
    try:
        async for raw in response.aiter_stream():
            left -= len(raw)
            if left < 0:
                return
    except (httpcore.RemoteProtocolError, httpcore.ReadError):
        return  # nothing that anybody wanted
