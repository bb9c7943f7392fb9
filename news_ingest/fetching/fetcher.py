"""The port through which feeds come in, many at a time."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from news_ingest.values import NotModified, Retrieved


class Fetcher(ABC):
    """Addresses to bytes. One is shared by all feeds of a run, used with `async with`; `fetch` may be called many times
    at once."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let go of what is held open; nothing, unless an adapter says so."""
        return

    @abstractmethod
    async def fetch(
        self, location: str, etag: str | None = None, modified: str | None = None
    ) -> Retrieved | NotModified:
        """The bytes at `location`, an http(s) address or a path; `etag`, `modified`: what the server said last time.

        Raises `FeedError`.
        """
