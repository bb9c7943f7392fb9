"""One connection as httpcore wants it, straight on asyncio: the layer between costs a third of a short request."""

import asyncio
import ssl
from typing import Any

import httpcore

_HIGH_WATER = 256 * 1024
"""Bytes that wait unread before the sender is made to wait."""


class StaleConnection(httpcore.ReadError):
    """A connection that was kept had been closed at the other end; the request never got an answer."""


class TlsFailed(httpcore.ConnectError):
    """The two sides could not agree on a secret connection, or the certificate is not to be trusted."""


class Wire(asyncio.Protocol):
    """Bytes as they come in, for one reader at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self.answers = 0
        """Requests that something has come back for."""
        self.asked = False
        """Whether something was sent since bytes last came in."""
        self._waiter: asyncio.Future[None] | None = None
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        if self.asked:
            self.asked = False
            self.answers += 1
        self.buffer += data
        if len(self.buffer) > _HIGH_WATER and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Called by asyncio."""
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        self.ended = True
        self.error = exc
        self._wake()

    async def wait(self, timeout: float | None) -> None:
        """Until something has come, the end included. Raises `httpcore.ReadTimeout`."""
        if self.buffer or self.ended:
            return
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_later(timeout, self._expire) if timeout is not None else None
        try:
            await self._waiter
        finally:
            self._waiter = None
            if timer is not None:
                timer.cancel()

    def take(self, max_bytes: int) -> bytes:
        """At most so many of the bytes that wait."""
        with memoryview(self.buffer) as waiting:
            data = bytes(waiting[:max_bytes])
        del self.buffer[:max_bytes]
        if self._paused and len(self.buffer) < _HIGH_WATER // 2 and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()
        return data

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _expire(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(httpcore.ReadTimeout())


class WireStream(httpcore.AsyncNetworkStream):
    """A connected wire."""

    def __init__(self, wire: Wire, transport: asyncio.Transport) -> None:
        self._wire = wire
        self._transport = transport

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Nothing at the end. Raises `httpcore.ReadTimeout`, `httpcore.ReadError`, `StaleConnection`."""
        wire = self._wire
        await wire.wait(timeout)
        if wire.buffer:
            return wire.take(max_bytes)
        if wire.asked and wire.answers:
            raise StaleConnection("the connection had been closed")
        if wire.error is not None:
            raise httpcore.ReadError(str(wire.error) or "the connection broke off") from wire.error
        return b""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Requests are short: they are handed to the system without waiting."""
        if buffer:
            self._wire.asked = True
            if not self._transport.is_closing():
                self._transport.write(buffer)

    async def aclose(self) -> None:
        """At once: nothing that was sent still matters."""
        self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same wire, secret from here on. Raises `TlsFailed`, `httpcore.ConnectTimeout`."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                secret = await loop.start_tls(self._transport, self._wire, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            self._transport.abort()
            raise httpcore.ConnectTimeout() from error
        except ssl.SSLCertVerificationError as error:
            raise TlsFailed(f"its certificate can't be trusted: {error.verify_message}") from error
        except (OSError, ssl.CertificateError) as error:
            self._transport.abort()
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise TlsFailed(f"no secret connection came about: {str(reason).replace('_', ' ').lower()}") from error
        if secret is None:  # asyncio gives nothing where the other side has hung up already
            raise TlsFailed("no secret connection came about: the server hung up")
        self._wire.transport = secret
        return WireStream(self._wire, secret)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: whether an idle connection still lives, and which protocol was agreed on."""
        if info == "is_readable":  # asyncio has read what there is: bytes unasked for, or the end
            return bool(self._wire.buffer) or self._wire.ended
        names = {"ssl_object": "ssl_object", "socket": "socket", "client_addr": "sockname", "server_addr": "peername"}
        return self._transport.get_extra_info(names.get(info, info))
