"""Addresses that readers may follow: http(s) only, absolute, of sane length."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

MAX_URL = 2_000
"""Characters of an address."""

_SECRET = re.compile(r"(?<=://)(?:([^\s/?#:@]*):)?[^\s/?#]*@")
"""User and password before a host; a user alone may be a key."""
_HOST = re.compile(r"(?:[^\s/?#@]+@)?[\w-]+(?:\.[\w-]+)*\.([^\W\d_]{2,})(?::\d+)?(?=[/?#]|$)")
_FILES = frozenset({"atom", "feed", "htm", "html", "json", "opml", "rdf", "rss", "txt", "xml"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# Most addresses; they are as they must be.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?(/[\w/.~%+,@=-]*)(\?[\w/.~%+,@=&-]+)?", re.ASCII)
_UNUSABLE = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]")


def http_link(value: object, base: str = "") -> str:
    """The absolute address for a link found in a feed at `base`; empty if nobody should follow it.

    A password in `base` opens the feed for us alone: it does not go into the links, which everyone may see.
    """
    link = str(value or "").strip()
    if not link:
        return ""
    if len(link) <= MAX_URL and _PLAIN.fullmatch(link):
        return link
    try:
        url = urljoin(_SECRET.sub("", base, 1) if base.startswith(("http://", "https://")) else "", link)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        return ""
    return url if usable and not _UNUSABLE.search(url) else ""


def is_home_page(url: str) -> bool:
    """Whether an address leads to a front page only, not to one article."""
    plain = _PLAIN.fullmatch(url)
    if plain is not None:
        return plain[1] == "/" and not plain[2]
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def masked(text: str) -> str:
    """A text for people to see, the passwords of addresses in it hidden; a user without one may be a key, and is, too.

    >>> masked("https://user:secret@city.example/rss: no answer")
    'https://user:***@city.example/rss: no answer'
    """
    return _SECRET.sub(lambda found: "***@" if found[1] is None else f"{found[1]}:***@", text)


def one_spelling(address: str) -> str:
    """The http(s) address as all write it who mean the same: scheme and host don't heed capitals, the path does.

    Anything else, such as a path, comes back as it is.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    if parts.scheme not in _DEFAULT_PORTS:
        return address
    user, at, host = parts.netloc.rpartition("@")
    place = host.lower().removesuffix(_DEFAULT_PORTS[parts.scheme])
    return urlunsplit((parts.scheme, f"{user}{at}{place}", parts.path or "/", parts.query, ""))


def meant(text: str) -> str:
    """The address that somebody may have meant who left out its beginning; empty where it looks like none.

    >>> meant("www.city.example/rss"), meant("news.xml")
    ('https://www.city.example/rss', '')
    """
    host = _HOST.match(text)
    # What ends like a feed's file is one that is not there.
    is_file = host is not None and host[0] == text and host[1].lower() in _FILES
    return http_link(f"https://{text}") if host is not None and not is_file else ""
