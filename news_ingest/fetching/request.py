"""The parts of a request and of an answer's head: who asks, addresses, credentials, headers. Computes only."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache

import httpx

from news_ingest.fetching import problems

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


def parsed_url(where: str, text: str, base: httpx.URL | None = None) -> httpx.URL:
    """Raises `FeedAddressInvalid` for anything but a whole http(s) address."""
    try:
        url = base.join(text) if base is not None else _url(text)
        usable = url.scheme in ("http", "https") and _HOST.fullmatch(url.raw_host) is not None
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise problems.bad_address(where, error) from error
    if not usable:
        raise problems.bad_address(where, f"{text[:200]}: only http and https can be read")
    return url


_HOST = re.compile(rb"[\w.:-]+")
"""A name or a number, as they go over the wire; httpx lets other signs through, escaped."""

# The same feeds are asked for again and again, and taking an address apart costs a tenth of a request.
_url = lru_cache(4096)(httpx.URL)


def shown(location: str) -> str:
    """The address as it may be shown: without a password."""
    scheme, _, rest = location.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def credentials(url: httpx.URL) -> list[tuple[bytes, bytes]]:
    """For feeds behind a name and password that stand in the address."""
    if not url.userinfo:
        return []
    return [(b"Authorization", b"Basic " + b64encode(f"{url.username}:{url.password}".encode()))]


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
