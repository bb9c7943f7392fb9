"""The parts of a request and of an answer's head: who asks, addresses, credentials, headers. Computes only."""

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache

from news_ingest.fetching import problems
from news_ingest.fetching.url import Url, parse_url
from news_ingest.links import masked

NAME = "CityDesk"
ACCEPT = (
    b"application/atom+xml, application/rss+xml, application/feed+json, "
    b"application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.8, */*;q=0.1"
)


def user_agent(contact: str | None = None) -> str:
    """Who asks, and why. `contact`: an address of the operator's. Raises `ValueError` for what no header can hold."""
    if contact and not (contact.isascii() and contact.isprintable()):
        raise ValueError(f"the contact for feed publishers must be plain ASCII: {contact!r}")
    reach = f"; contact: {contact}" if contact else ""
    return f"{NAME}/1 (reads a city's news feeds; asks only when something may be new{reach})"


def parsed_url(where: str, text: str, base: Url | None = None) -> Url:
    """Raises `FeedAddressInvalid` for anything but a whole http(s) address."""
    try:
        return _parsed(text) if base is None else base.join(text)
    except ValueError as error:
        raise problems.bad_address(where, error) from error


# The same feeds are asked for again and again, and taking an address apart costs a tenth of a request.
_parsed = lru_cache(4096)(parse_url)


def shown(location: str) -> str:
    """The address as it may be shown: without a password."""
    return masked(location)


def credentials(url: Url) -> list[tuple[bytes, bytes]]:
    """For feeds behind a name and password that stand in the address."""
    if url.credentials is None:
        return []
    return [(b"Authorization", b"Basic " + b64encode(":".join(url.credentials).encode()))]


def by_name(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """By lower-case name; what comes twice is one list."""
    found: dict[str, str] = {}
    for raw_name, raw in headers:
        name = raw_name.decode("latin-1").lower()
        try:
            value = raw.decode()
        except UnicodeDecodeError:
            value = raw.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found and name != "location" else value
    return found
