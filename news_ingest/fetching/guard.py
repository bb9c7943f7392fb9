"""Connections to allowed machines only: a name is resolved once, and the address that was checked is the one used.

So neither a redirect nor a name that changes its address between check and use (DNS rebinding) leads inside.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore

from news_ingest.fetching.addresses import Address, Network, parse_address, why_refused
from news_ingest.fetching.stream import Wire, WireStream

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""(host, port) → its addresses, best first. Raises `OSError` where there are none."""


class AddressRefused(Exception):
    """A host is, or leads to, an address that feeds are not read from. `reason` ends "which is …"."""

    def __init__(self, host: str, address: Address, reason: str) -> None:
        is_number = parse_address(host) is not None
        super().__init__(f"{address} is {reason}" if is_number else f"{host} leads to {address}, which is {reason}")
        self.host = host
        self.address = address
        self.reason = reason


class HostUnknown(httpcore.ConnectError):
    """The name has no address."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """The system's own answer."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Where httpcore's connections come from.

    `allow_private`: no address is refused; `allowed`: networks that are not, although private.
    """

    def __init__(
        self, *, allow_private: bool = False, allowed: Sequence[Network] = (), resolver: Resolver = resolve
    ) -> None:
        self._allow_private = allow_private
        self._allowed = tuple(allowed)
        self._resolve = resolver

    def check(self, host: str, address: Address) -> None:
        """Raises `AddressRefused`."""
        # Link-local addresses give away secrets of machines in data centres: they have to be allowed by name.
        let_in = self._allow_private and not address.is_link_local
        reason = None if let_in else why_refused(address, self._allowed)
        if reason is not None:
            raise AddressRefused(host, address, reason)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises `AddressRefused`, `HostUnknown`, `httpcore.ConnectError`, `httpcore.ConnectTimeout`."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout) as limit:
                addresses = await self._addresses(host, port)
                for left in range(len(addresses), 0, -1):
                    end = limit.when()
                    share = None if end is None else loop.time() + (end - loop.time()) / left
                    try:
                        async with asyncio.timeout_at(share):
                            return await _connect(addresses[-left], port)
                    except OSError:  # a timeout is one too
                        if left == 1:
                            raise
        except TimeoutError as error:
            raise httpcore.ConnectTimeout() from error
        except OSError as error:
            raise httpcore.ConnectError(_plain(error)) from error
        raise HostUnknown(host)

    async def _addresses(self, host: str, port: int) -> list[str]:
        """All of them checked: one bad address among good ones refuses the host."""
        literal = parse_address(host)
        if literal is not None:
            self.check(host, literal)
            return [host.strip("[]")]
        try:
            found = await self._resolve(host, port)
        except (socket.gaierror, UnicodeError) as error:
            raise HostUnknown(host) from error
        for text in found:
            address = parse_address(text)
            if address is None:
                raise HostUnknown(host)
            self.check(host, address)
        return list(found)


async def _connect(address: str, port: int) -> WireStream:
    transport, wire = await asyncio.get_running_loop().create_connection(Wire, address, port)
    return WireStream(wire, transport)


def _plain(error: OSError) -> str:
    """Without the addresses that asyncio adds."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    return (error.strerror or str(error) or type(error).__name__).lower()
