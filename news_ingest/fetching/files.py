"""Feeds from files, and the limit on how large a feed may be."""

import os
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from news_ingest.errors import (
    FeedAddressInvalid,
    FeedIsDirectory,
    FeedNotFound,
    FeedTooLarge,
    FeedUnreachable,
)
from news_ingest.values import Retrieved

MAX_BYTES = 10 * 1024 * 1024
"""Largest feed, both as sent and unpacked."""


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
