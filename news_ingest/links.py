"""Addresses that readers may follow: http(s) only, absolute, of sane length."""

import re
from urllib.parse import urljoin, urlsplit

MAX_URL = 2_000
"""Characters of an address."""

_UNUSABLE = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]")


def http_link(value: object, base: str = "") -> str:
    """The absolute address for a link found in a feed at `base`; empty if nobody should follow it."""
    link = str(value or "").strip()
    if not link:
        return ""
    try:
        url = urljoin(base if base.startswith(("http://", "https://")) else "", link)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        return ""
    return url if usable and not _UNUSABLE.search(url) else ""


def is_home_page(url: str) -> bool:
    """Whether an address leads to a front page only, not to one article."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return parts.path in ("", "/") and not parts.query and not parts.fragment
