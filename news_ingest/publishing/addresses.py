"""Addresses as feeds may carry them: absolute, http(s), and of those characters alone that RFC 3986 knows."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from news_ingest.links import http_link

_HOST = re.compile(r"[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "/%:@!$&'()*+,;=~-._"


@lru_cache(maxsize=4096)  # an article's addresses stand in three formats, and in every topic that it has
def as_uri(address: str) -> str:
    """The URI for an address; empty for one that nobody can follow. Credentials in it are left out.

    >>> as_uri("https://city.example/新聞?q=a[1]")
    'https://city.example/%E6%96%B0%E8%81%9E?q=a%5B1%5D'
    """
    try:
        parts = urlsplit(http_link(address))
        host, port = parts.hostname or "", parts.port
        host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, _quoted(parts.path), _quoted(parts.query), _quoted(parts.fragment)))


def _quoted(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=f"{_KEPT}?")
