"""What a site's robots.txt lets this reader fetch: asked once per site, then remembered."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.robotparser import RobotFileParser

_REMEMBERED = 24 * 3600.0
"""Seconds that a robots.txt counts, as RFC 9309 has it."""

Reader = Callable[[str], Awaitable[bytes | None]]
"""The address of a robots.txt → its bytes, None where the site has none. Raises `FeedError`."""


class Robots:
    """The rules of all sites of a run. `name` is what they may call this reader."""

    def __init__(self, read: Reader, name: str) -> None:
        self._read = read
        self._name = name
        self._rules: dict[str, tuple[float, RobotFileParser]] = {}
        self._reading: dict[str, asyncio.Lock] = {}

    async def allow(self, site: str, url: str) -> bool:
        """Whether `url` may be read. `site` is its scheme and host, "https://city.example:8443".

        Raises `FeedError` where the rules can't be read now: then nothing of the site may be (RFC 9309).
        """
        async with self._reading.setdefault(site, asyncio.Lock()):
            now = asyncio.get_running_loop().time()
            known = self._rules.get(site)
            if known is None or known[0] < now:
                rules = RobotFileParser()
                rules.parse((await self._read(f"{site}/robots.txt") or b"").decode("utf-8", "replace").splitlines())
                known = self._rules[site] = (now + _REMEMBERED, rules)
        return known[1].can_fetch(self._name, url)
