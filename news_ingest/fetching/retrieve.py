"""Addresses to bytes: over http(s), or from a file. The library's errors end here."""

import os
import stat
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import httpx

from news_ingest.errors import (
    FeedAddressInvalid,
    FeedIsDirectory,
    FeedNotFound,
    FeedTooLarge,
    FeedUnreachable,
)
from news_ingest.values import NotModified, Retrieved

MAX_BYTES = 10 * 1024 * 1024
"""Largest feed, both as sent and unpacked."""

USER_AGENT = "CityDesk/1 (reads a city's news feeds; asks only when something may be new)"
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"


class Retriever(ABC):
    """The port through which feeds come in."""

    @abstractmethod
    def retrieve(self, location: str, etag: str | None = None, modified: str | None = None) -> Retrieved | NotModified:
        """The bytes at `location`; `etag`, `modified`: what the server said last time. Raises `FeedError`."""


class FeedRetriever(Retriever):
    """Fetches http(s) addresses with httpx and reads files.

    `timeout` (seconds) is for each wait, `deadline` for the whole; `use_proxies` lets the proxy variables of
    the environment count.
    """

    def __init__(
        self,
        *,
        timeout: float = 10.0,
        deadline: float = 30.0,
        max_bytes: int = MAX_BYTES,
        max_redirects: int = 5,
        use_proxies: bool = True,
    ) -> None:
        self._max_bytes = max_bytes
        self._deadline = deadline
        # Only gzip is asked for, because it is unpacked here, piece by piece, under the same limit.
        self._client = httpx.Client(
            timeout=timeout,
            follow_redirects=True,
            max_redirects=max_redirects,
            trust_env=use_proxies,
            headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def retrieve(self, location: str, etag: str | None = None, modified: str | None = None) -> Retrieved | NotModified:
        """See the port."""
        if location.lower().startswith(("http://", "https://")):
            return self._fetch(location, etag, modified)
        return read_file(file_path(location), self._max_bytes)

    def _fetch(self, url: str, etag: str | None, modified: str | None) -> Retrieved | NotModified:
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value and value.isascii()}
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return NotModified(url)
                _check_status(url, response)
                return self._read(url, response)
        except httpx.TimeoutException as error:
            raise FeedUnreachable(url, "the server took too long to answer", "Try again later") from error
        except httpx.TooManyRedirects as error:
            raise FeedUnreachable(
                url,
                "it leads from one address to the next without end",
                "Ask the publisher for the feed's address",
            ) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
            raise FeedAddressInvalid(
                url,
                f"it is no usable address, or leads to one that isn't ({error})",
                "Check the address in the list of feeds",
            ) from error
        except httpx.HTTPError as error:
            raise FeedUnreachable(
                url,
                f"no connection ({_reason(error)})",
                "Check the network and the address, then run it again",
            ) from error

    def _read(self, url: str, response: httpx.Response) -> Retrieved:
        packed = response.headers.get("Content-Encoding", "").strip().lower()
        if packed not in ("", "identity", "gzip", "x-gzip"):
            raise FeedUnreachable(
                url,
                f"the answer is packed in a way that was not asked for ({packed[:40]})",
                "Tell the publisher",
            )
        body = bytearray()
        whole = True
        try:
            for piece in self._pieces(url, response, unpack=bool(packed) and packed != "identity"):
                body += piece
                if len(body) > self._max_bytes:
                    raise too_large(url, self._max_bytes)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            # What came before the break is worth reading; nothing at all is not.
            if not body:
                raise
            whole = False
        headers = response.headers
        return Retrieved(
            str(response.url),
            bytes(body),
            headers.get("Content-Type"),
            headers.get("ETag") if whole else None,
            headers.get("Last-Modified") if whole else None,
            whole,
        )

    def _pieces(self, url: str, response: httpx.Response, *, unpack: bool) -> Iterator[bytes]:
        """The body piece by piece, none much larger than allowed, until the deadline."""
        end = time.monotonic() + self._deadline
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self._max_bytes:
            raise too_large(url, self._max_bytes)
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if unpack else None
        received = 0
        # As they arrive: with a chunk size, httpx would hold them back, from the deadline too.
        for raw in response.iter_raw():
            received += len(raw)
            if received > self._max_bytes:
                raise too_large(url, self._max_bytes)
            if time.monotonic() > end:
                raise FeedUnreachable(url, f"it was not through after {self._deadline:g} seconds", "Try again later")
            try:
                yield inflater.decompress(raw, self._max_bytes + 1) if inflater else raw
            except zlib.error as error:
                raise FeedUnreachable(url, "the answer can't be unpacked", "Try again later") from error


def file_path(location: str) -> Path:
    """The path of a `file:` URL or a plain path. Raises `FeedAddressInvalid` for other schemes."""
    scheme = location.partition(":")[0].lower()
    if "://" not in location and scheme != "file":
        return Path(location)
    try:
        parts = urlsplit(location)
    except ValueError as error:
        raise FeedAddressInvalid(location, f"it is no address ({error})", "Check it in the list of feeds") from error
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise FeedAddressInvalid(
            location,
            "only http, https and local files can be read",
            "Change the address in the list of feeds",
        )
    return Path(unquote(parts.path))


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> Retrieved:
    """A feed from a file. Raises `FeedNotFound`, `FeedIsDirectory`, `FeedTooLarge` or `FeedUnreachable`."""
    where = str(path)
    try:
        # Without waiting: opening a named pipe would hang.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if stat.S_ISDIR(kind):
                raise FeedIsDirectory(where, "this is a folder", "Name a feed file inside it")
            if not stat.S_ISREG(kind):
                raise FeedUnreachable(where, "this is not an ordinary file", "Name a feed file")
            body = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise FeedNotFound(where, "there is no such file", "Check the path") from error
    except IsADirectoryError as error:
        raise FeedIsDirectory(where, "this is a folder", "Name a feed file inside it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FeedUnreachable(
            where, f"the file can't be read ({reason})", "Check the path and its permissions"
        ) from error
    if len(body) > max_bytes:
        raise too_large(where, max_bytes)
    return Retrieved(where, body)


def too_large(where: str, max_bytes: int) -> FeedTooLarge:
    """The error for a feed of more than `max_bytes`."""
    size = f"{max_bytes / 1024 / 1024:g} MB"
    return FeedTooLarge(
        where, f"it is larger than {size}", "Check that it is a feed, or ask the publisher for a shorter one"
    )


def _check_status(url: str, response: httpx.Response) -> None:
    status = response.status_code
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        raise FeedNotFound(
            url,
            f"the server knows no such page (HTTP {status})",
            "Ask the publisher for the feed's new address",
        )
    if response.is_success:
        return
    wait = response.headers.get("Retry-After", "")
    advice = f"The server asks to wait {wait} seconds" if wait.isdecimal() else "Try again later"
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        advice = "The server lets nobody in without leave; ask the publisher"
    raise FeedUnreachable(url, f"the server answered HTTP {status}", advice, status=status)


def _reason(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__
