"""The article on a web page, as plain text: for entries whose feed gives only a stub. Fetches nothing."""

import codecs
import logging
import re

from news_ingest.parsing.clean import clean_text
from news_ingest.parsing.draft import MAX_TEXT

MAX_PAGE = 2_000_000
"""Bytes of a page that are looked at; the rest is dropped."""

MAX_TAGS = 30_000
"""A page with more of them is not read: it would keep a parser busy for many seconds."""

SHORTEST = 80
"""Characters that make an article, East Asian ones counting three: less is a notice or a menu."""

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def full_text(page: bytes, url: str, content_type: str | None) -> str | None:
    """The article's text, its paragraphs parted by one newline, at most `MAX_TEXT` characters long.

    `url` is where the page came from, `content_type` as the server says. None where there is no article: another kind
    of file, a list of links, an error page. Never raises.
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    page = page[:MAX_PAGE]
    if kind not in _PAGE_TYPES or page.count(b"<") > MAX_TAGS or not page.strip():
        return None
    text = clean_text(_extracted(_decoded(page, content_type), url) or "")[:MAX_TEXT]
    return text if len(text) + 2 * len(_WIDE.findall(text)) >= SHORTEST else None


def _decoded(page: bytes, content_type: str | None) -> str | bytes:
    """The page as text by the server's word, else as it is: the extractor looks for what the page says."""
    charset = _CHARSET.search(content_type or "")
    try:
        return page.decode(codecs.lookup(charset[1]).name) if charset else page
    except (LookupError, UnicodeError):
        return page


def _extracted(page: str | bytes, url: str) -> str | None:
    # Here, because it and what it brings along take a second to load, and most rounds need none of it.
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page that has nothing
    try:
        # For precision, since a short article in Chinese would else bring the menus of its page along.
        found = trafilatura.extract(
            page, url=url or None, favor_precision=True, include_comments=False, with_metadata=False
        )
    except Exception:  # whatever a hostile page brings about inside the library
        return None
    return found if isinstance(found, str) else None
