"""One spelling for addresses that lead to the same page, to compare by; nobody is sent to the result.

Not courlan's `normalize_url`, which is at hand: it takes `cid`, `uid`, `source` and the like for tracking, and on
many sites of cities these are what tells one article from the next; it also drops parameters without a value.
"""

import re
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Only what no site uses to tell pages apart.
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium|content)|at_(?:campaign|medium|custom\d)|hsa_.*|__hs.*|_hsenc|_hsmi"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|igshid?|li_fat_id|mc_[ce]id|mkt_tok"
    r"|_ga|_gl|oly_(?:anon|enc)_id|vero_(?:id|conv)|xtor|wt_mc|s_cid|_openstat|cmpid|ncid",
    re.IGNORECASE,
)
_HEX = re.compile(r"%[0-9a-fA-F]{2}")
# Most addresses; all but the parameters is as it must be.
_PLAIN = re.compile(r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[\w/.~-]*)(?:\?([\w/.~&=-]*))?", re.ASCII)


def canonical_url(url: str) -> str:
    """Scheme and host in small letters, no default port, no fragment, no tracking parameters, the rest in order.

    A fragment that is a route of its own (`#/news/1`, `#!news`) stays. What is no http(s) address comes back as it is.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None:
        query = _canonical_query(plain[2]) if plain[2] else ""
        return f"{plain[1]}?{query}" if query else plain[1]
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    place = f"[{host}]" if ":" in host else host.rstrip(".")
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        place += f":{port}"
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    path = _HEX.sub(_upper, parts.path) or "/"
    return urlunsplit((scheme, place, path, _canonical_query(parts.query), fragment))


def address_key(url: str) -> str:
    """As `canonical_url`, and the same with and without TLS: sites move to https, and their guids with them."""
    canonical = canonical_url(url)
    return canonical.removeprefix("https:").removeprefix("http:")


def _canonical_query(query: str) -> str:
    parts = _HEX.sub(_upper, query).split("&")
    return "&".join(sorted(part for part in parts if part and not _TRACKING.fullmatch(part.partition("=")[0])))


def _upper(written: re.Match[str]) -> str:
    return written[0].upper()
