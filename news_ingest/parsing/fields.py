"""Fields of an entry to clean text, whether they hold HTML, plain text, or one under the other's name."""

import html
import re
from collections.abc import Iterable

from news_ingest.parsing.clean import MAX_MARKUP, clean_html, clean_text, clean_title
from news_ingest.parsing.draft import MAX_TEXT

# Feeds call HTML plain text now and then; "3 < 4" is no tag.
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")


def has_tags(value: str) -> bool:
    """Whether there is a tag in it."""
    return _TAG.search(value) is not None


def title_text(value: str, *, is_html: bool) -> str:
    """A title on one line; `is_html` is what the feed says it is."""
    return clean_title(value, is_html=is_html or has_tags(value))


def longest_text(bodies: Iterable[tuple[str, bool]]) -> tuple[str, bool]:
    """The longest of an entry's bodies, since feeds put the full text now here, now there, and whether it was cut.

    Each is given with whether the feed says that it is HTML.
    """
    best, cut = "", False
    for value, is_html in bodies:
        # Cleaning makes nothing longer, so most summaries beside a full text need not be cleaned.
        if len(value) <= len(best):
            continue
        if is_html or has_tags(value):
            text, limit = clean_html(value), MAX_MARKUP
        else:
            text, limit = clean_text(value[:MAX_TEXT]), MAX_TEXT
        if len(text) > len(best):
            best, cut = text, len(value) > limit
    return best[:MAX_TEXT], cut or len(best) > MAX_TEXT


def as_text(value: object) -> str:
    """A value of JSON as text: strings as they are, numbers as written, anything else empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def loose_text(value: str) -> tuple[str, bool]:
    """A value that may be HTML or text, with whether it is HTML: entities alone do not make it so."""
    return (value, True) if has_tags(value) else (html.unescape(value[: MAX_MARKUP + 1]), False)
