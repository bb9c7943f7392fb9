"""Which entries with an unknown guid are surely articles that are known under another one. Pure.

Surely: one entry fits one known article and no other, and the feed no longer has the article's old guid.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from news_ingest.deciding.addresses import address_key
from news_ingest.links import is_home_page
from news_ingest.values import KnownArticle, ParsedEntry

NEAR = timedelta(hours=12)
"""How far a date may have slipped (a zone put right) and be the same still; a daily notice is further off."""

_Listed = KnownArticle | ParsedEntry
_T = TypeVar("_T", KnownArticle, ParsedEntry)


def renames(known: Mapping[str, KnownArticle], entries: Sequence[ParsedEntry]) -> dict[str, str]:
    """New guid → old guid. `entries` are all that the feed has now, no guid twice; the feed came whole."""
    fresh = [entry for entry in entries if entry.guid not in known]
    present = {entry.guid for entry in entries}
    left = [article for article in known.values() if article.guid not in present]
    if not fresh or not left:
        return {}
    found: dict[str, str] = {}
    for key in (_address, _title_and_instant):
        # An address that two articles or two entries share is no name of either: all count, not only those in question.
        found |= _pairs(key, left, fresh, known.values(), entries, taken=found)
    found |= _made_up_again(left, fresh, taken=found)
    return found


def _address(one: _Listed) -> Hashable:
    # An entry without a link of its own bears that of the feed's page.
    if not one.url or is_home_page(one.url) or (isinstance(one, ParsedEntry) and one.made_up):
        return None
    return address_key(one.url)


def _title_and_instant(one: _Listed) -> Hashable:
    return (one.title, one.published) if one.title and one.published else None


def _pairs(
    key: Callable[[_Listed], Hashable],
    left: Iterable[KnownArticle],
    fresh: Iterable[ParsedEntry],
    known: Iterable[KnownArticle],
    entries: Iterable[ParsedEntry],
    taken: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    articles, alone = _unique(key, known), _unique(key, entries)
    free = {article.guid for article in left} - set(taken.values())
    for entry in fresh:
        name = key(entry)
        if entry.guid in taken or name is None or name not in alone:
            continue
        article = articles.get(name)
        # One page may tell another story every day, such as today's alert.
        if article is not None and article.guid in free and (article.title == entry.title or _near(article, entry)):
            yield entry.guid, article.guid


def _unique(key: Callable[[_Listed], Hashable], ones: Iterable[_T]) -> dict[Hashable, _T]:
    """Those whose key no other one has; where several articles have it, the one that was listed last, if it is one."""
    groups: dict[Hashable, list[_T]] = defaultdict(list)
    for one in ones:
        name = key(one)
        if name is not None:
            groups[name].append(one)
    unique = {}
    for name, group in groups.items():
        current = [one for one in group if isinstance(one, ParsedEntry) or one.listed] if len(group) > 1 else group
        if len(current) == 1:
            unique[name] = current[0]
    return unique


def _made_up_again(
    left: Iterable[KnownArticle], fresh: Sequence[ParsedEntry], taken: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Made-up guids hang on the date: an entry whose date was put right, came or went, is known by its title."""
    used = set(taken.values())
    articles = _unique(lambda one: one.title or None, [one for one in left if one.guid not in used])
    alone = _unique(lambda one: one.title or None, fresh)
    for title, entry in alone.items():
        article = articles.get(title)
        if entry.made_up and entry.guid not in taken and article is not None and _near(article, entry):
            yield entry.guid, article.guid


def _near(article: KnownArticle, entry: ParsedEntry) -> bool:
    if article.published is None or entry.published is None:
        return True
    return abs(article.published - entry.published) <= NEAR
