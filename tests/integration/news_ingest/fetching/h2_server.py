"""A server that speaks HTTP/2 alone, and answers every request with the same feed."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import h2.config
import h2.connection
import h2.events


class H2Server(asyncio.Protocol):
    """One connection. `connections` counts them; `farewell`: each says goodbye instead of answering twice."""

    connections = 0
    farewell = False

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._answered = 0
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        H2Server.connections += 1
        self._transport = transport
        self._h2.initiate_connection()
        transport.write(self._h2.data_to_send())

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        for event in self._h2.receive_data(data):
            if isinstance(event, h2.events.RequestReceived) and event.stream_id is not None:
                if self.farewell and self._answered:
                    self._h2.close_connection()
                else:
                    self._answer(event.stream_id)
        self._transport.write(self._h2.data_to_send())

    def _answer(self, stream: int) -> None:
        self._answered += 1
        self._h2.send_headers(stream, [(":status", "200"), ("content-type", "application/rss+xml"), ("etag", '"two"')])
        for start in range(0, len(self._body), 16_000):  # no frame may be larger than 16 KB
            self._h2.send_data(stream, self._body[start : start + 16_000])
        self._h2.end_stream(stream)


@asynccontextmanager
async def h2_server(tls: ssl.SSLContext, body: bytes, *, farewell: bool = False) -> AsyncIterator[int]:
    """Its port, while it runs."""
    H2Server.connections, H2Server.farewell = 0, farewell
    tls.set_alpn_protocols(["h2"])
    server = await asyncio.get_running_loop().create_server(lambda: H2Server(body), "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
