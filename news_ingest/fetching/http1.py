"""One connection that speaks HTTP/1.1, by h11: what httpcore's own does besides takes longer than a short answer."""

import time
from collections.abc import AsyncIterator

import h11
import httpcore

_LONGEST_HEAD = 100 * 1024
"""Bytes of an answer's status and headers."""
_READ = 256 * 1024


class Http1Connection(httpcore.AsyncConnectionInterface):
    """Requests without a body, one after the other. `idle`: seconds that it is kept unused."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, idle: float) -> None:
        self._stream = stream
        self._idle = idle
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        self._busy = False
        self._closed = False
        self._good_until = time.monotonic() + idle

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The answer's head; its body is read from it, and it must be closed. Raises what httpcore does."""
        if not self.is_available():
            raise httpcore.ConnectionNotAvailable
        self._busy = True
        timeout = request.extensions["timeout"]["read"]
        try:
            await self._stream.write(self._written(request))
            head = await self.next_event(timeout)
            while isinstance(head, h11.InformationalResponse):
                head = await self.next_event(timeout)
        except BaseException:
            await self.aclose()
            raise
        assert isinstance(head, h11.Response)
        return httpcore.Response(head.status_code, headers=list(head.headers), content=_Body(self, timeout))

    async def next_event(self, timeout: float) -> object:
        """What comes next, as h11 tells it; `timeout` (seconds) is for each wait."""
        try:
            while (event := self._h11.next_event()) is h11.NEED_DATA:
                data = await self._stream.read(_READ, timeout)
                if not data and self._h11.their_state is h11.SEND_RESPONSE:
                    raise httpcore.RemoteProtocolError("the server disconnected without an answer")
                self._h11.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise httpcore.RemoteProtocolError(str(error)) from error
        return event

    async def answered(self) -> None:
        """Be ready for the next request where the answer was read to its end, and the server lets the line stand."""
        if self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE:
            self._h11.start_next_cycle()
            self._busy = False
            self._good_until = time.monotonic() + self._idle
        else:
            await self.aclose()

    async def aclose(self) -> None:
        """Hang up."""
        self._closed = True
        await self._stream.aclose()

    def can_handle_request(self, origin: httpcore.Origin) -> bool:
        """Whoever keeps it knows where it leads."""
        return True

    def is_available(self) -> bool:
        """Whether it can take a request now."""
        return not (self._busy or self._closed)

    def is_idle(self) -> bool:
        """The same."""
        return self.is_available()

    def has_expired(self) -> bool:
        """Whether it was unused for too long, or the server has hung up, or said what nobody asked for."""
        late = self.is_idle() and time.monotonic() > self._good_until
        return late or (self.is_idle() and bool(self._stream.get_extra_info("is_readable")))

    def is_closed(self) -> bool:
        """Whether it is over."""
        return self._closed

    def info(self) -> str:
        """For people."""
        return f"HTTP/1.1, {'closed' if self._closed else 'busy' if self._busy else 'idle'}"

    def _written(self, request: httpcore.Request) -> bytes:
        try:
            head = h11.Request(method=request.method, target=request.url.target, headers=request.headers)
            return (self._h11.send(head) or b"") + (self._h11.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error


class _Body:
    """The rest of an answer, piece by piece."""

    def __init__(self, connection: Http1Connection, timeout: float) -> None:
        self._connection = connection
        self._timeout = timeout

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._connection.next_event(self._timeout), h11.Data):
            yield bytes(event.data)

    async def aclose(self) -> None:
        """Called by httpcore's answer."""
        await self._connection.answered()
