"""How many requests run at a time: few to one host, more in all."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class RequestLimits:
    """`per_host` and `overall` at a time; the others wait in turn."""

    def __init__(self, per_host: int, overall: int) -> None:
        self._per_host = per_host
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._users: Counter[str] = Counter()
        self._overall = asyncio.Semaphore(overall)

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[None]:
        """Room for one request to `host`."""
        self._users[host] += 1
        semaphore = self._hosts.setdefault(host, asyncio.Semaphore(self._per_host))
        try:
            # The host first: who waits for a slow host must not take the room of others.
            async with semaphore, self._overall:
                yield
        finally:
            self._users[host] -= 1
            if not self._users[host]:
                del self._users[host], self._hosts[host]
