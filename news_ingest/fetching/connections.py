"""Connections to servers that are spoken to directly: kept, and used again."""

import asyncio
import ssl
from collections.abc import Callable
from weakref import WeakValueDictionary

import httpcore

from news_ingest.fetching.guard import GuardedBackend
from news_ingest.fetching.http1 import Http1Connection

_OFFERED = ["h2", "http/1.1"]
"""What servers are offered over TLS, the best first."""

_Place = tuple[bytes, bytes, int]
"""Scheme, host, port."""
_DEFAULT_PORTS = {b"http": 80, b"https": 443}


class Connections:
    """`most` are kept, each for `idle` seconds unused; how many requests run at a time is for the caller to limit.
    `ssl_context` is asked for when it is needed."""

    def __init__(
        self, backend: GuardedBackend, ssl_context: Callable[[], ssl.SSLContext], *, most: int, idle: float
    ) -> None:
        self._backend = backend
        self._ssl_context = ssl_context
        self._most = most
        self._idle = idle
        self._open: list[tuple[_Place, httpcore.AsyncConnectionInterface]] = []
        self._agreeing: WeakValueDictionary[_Place, asyncio.Lock] = WeakValueDictionary()

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """As httpcore's pools do; the answer must be closed. Raises what they do, and `AddressRefused`."""
        url = request.url
        place = (url.scheme, url.host, url.port or _DEFAULT_PORTS[url.scheme])
        timeout = request.extensions["timeout"]["connect"]
        while True:
            connection = await self._kept(place) or await self._connected(place, timeout)
            try:
                return await connection.handle_async_request(request)
            except httpcore.ConnectionNotAvailable:
                continue  # HTTP/2: just then the server has said that it takes no more on this one

    async def aclose(self) -> None:
        """Close them all."""
        while self._open:
            await self._open.pop()[1].aclose()

    async def _kept(self, place: _Place) -> httpcore.AsyncConnectionInterface | None:
        """One that leads there and takes a request now. Those that are over are let go."""
        for one in tuple(self._open):
            where, connection = one
            if connection.is_closed() or connection.has_expired():
                self._open.remove(one)
                await connection.aclose()
            elif where == place and connection.is_available():
                return connection
        return None

    async def _connected(self, place: _Place, timeout: float) -> httpcore.AsyncConnectionInterface:
        if place[0] == b"http":
            return self._keep(place, Http1Connection(await self._stream_to(place, timeout), self._idle))
        # One after the other: what the first agrees on may be HTTP/2, and then it serves the others, too.
        async with self._agreeing.setdefault(place, asyncio.Lock()):
            return await self._kept(place) or self._keep(place, await self._secret(place, timeout))

    def _keep(self, place: _Place, connection: httpcore.AsyncConnectionInterface) -> httpcore.AsyncConnectionInterface:
        self._open.append((place, connection))
        return connection

    async def _secret(self, place: _Place, timeout: float) -> httpcore.AsyncConnectionInterface:
        """Over TLS, with the version of HTTP that both sides agree on."""
        context = self._ssl_context()
        context.set_alpn_protocols(_OFFERED)
        stream = await self._stream_to(place, timeout)
        try:
            secret = await stream.start_tls(context, place[1].decode("ascii"), timeout)
        except BaseException:
            await stream.aclose()
            raise
        if secret.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
            return httpcore.AsyncHTTP2Connection(httpcore.Origin(*place), secret, self._idle)
        return Http1Connection(secret, self._idle)

    async def _stream_to(self, place: _Place, timeout: float) -> httpcore.AsyncNetworkStream:
        await self._make_room()
        return await self._backend.connect_tcp(place[1].decode("ascii"), place[2], timeout)

    async def _make_room(self) -> None:
        """Close what has been idle the longest."""
        idle = [one for one in self._open if one[1].is_idle()]
        for one in idle[: len(self._open) - self._most + 1]:
            self._open.remove(one)
            await one[1].aclose()
