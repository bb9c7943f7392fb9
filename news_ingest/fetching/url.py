"""Addresses on the web, taken apart and put together as they go over the wire. Computes only."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[\w.:-]+", re.ASCII)
"""A name or a number, as they go over the wire."""
_PRINTABLE = frozenset(map(chr, range(0x21, 0x7F)))
_IN_QUERY = "".join(sorted(_PRINTABLE - set('"#<>')))
_IN_PATH = "".join(sorted(_PRINTABLE - set('"#<>?`{}')))


@dataclass(frozen=True, slots=True)
class Url:
    """A whole http(s) address without its fragment, which is never sent.

    `host` is in ASCII and without brackets, `port` None for the usual one, `target` path and query; `userinfo` stands
    before the host as it was written.
    """

    scheme: str
    host: str
    port: int | None
    target: str
    userinfo: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.userinfo}{'@' if self.userinfo else ''}{self.netloc}{self.target}"

    @property
    def netloc(self) -> str:
        """Host and port, as servers want to be told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password."""
        user, _, password = self.userinfo.partition(":")
        return (unquote(user), unquote(password)) if self.userinfo else None

    def join(self, reference: str) -> "Url":
        """Where `reference`, found at this address, leads. Raises as `parse_url`."""
        return parse_url(urljoin(str(self), reference))


def parse_url(text: str) -> Url:
    """Raises `ValueError` for anything but a whole http(s) address; signs that may not stand in one are escaped."""
    parts = urlsplit(text)
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError(f"{text[:200]}: only http and https can be read")
    host = _in_ascii(parts.hostname or "")
    if not _HOST.fullmatch(host):
        raise ValueError(f"{text[:200]}: it names no host")
    port = None if parts.port == _DEFAULT_PORTS[parts.scheme] else parts.port
    query = f"?{quote(parts.query, _IN_QUERY)}" if parts.query else ""
    target = (quote(parts.path, _IN_PATH) or "/") + query
    return Url(parts.scheme, host, port, target, parts.netloc.rpartition("@")[0])


def _in_ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna  # a table of all the world's scripts: few feeds need it

    return idna.encode(host, uts46=True).decode("ascii")
