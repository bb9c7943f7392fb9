"""Whether an article is another one again: careful, for what repeats another is no longer found."""

import re
from functools import lru_cache

from news_ingest.deciding.addresses import canonical_url
from news_ingest.links import is_home_page
from news_ingest.values import StoredArticle

SAME_TEXT = 0.6
"""Share of the pieces of both texts that they have in common. An edited copy has more, another notice on a form that
is filled in anew may have as much: so all numbers have to be the same as well."""
_PIECE = 5
_READ = 4_000
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"\w+")


def page_of(article: StoredArticle) -> str:
    """The canonical address of its page; empty where it has none of its own, but the site's front page."""
    return "" if is_home_page(article.url) else canonical_url(article.url)


def same_article(one: StoredArticle, other: StoredArticle) -> bool:
    """Whether both have the same page and title, or the same text but for edits that change no number."""
    if page_of(one) and page_of(one) == page_of(other) and one.title == other.title:
        return True
    if _numbers(one) != _numbers(other):
        return False
    pieces, others = _pieces(one.text or one.title), _pieces(other.text or other.title)
    return len(pieces & others) >= SAME_TEXT * max(len(pieces | others), 1)


def _numbers(article: StoredArticle) -> frozenset[str]:
    return frozenset(_NUMBER.findall(f"{article.title}\n{article.text[:_READ]}"))


@lru_cache(maxsize=512)
def _pieces(text: str) -> frozenset[str]:
    letters = "".join(_LETTERS.findall(text[:_READ].casefold()))
    return frozenset(letters[at : at + _PIECE] for at in range(max(len(letters) - _PIECE + 1, 1)))
