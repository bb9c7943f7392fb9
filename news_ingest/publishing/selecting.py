"""Which articles each channel shows. One pass over all that are stored, of which only ids and dates are kept."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from news_ingest.publishing.channel import NEWEST, SAMPLE, Place, place
from news_ingest.subjects.language import UNKNOWN
from news_ingest.values import StoredArticle

NEWS = "news"
"""The channel with every topic."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


class Articles(Protocol):
    """What is published; an `ArticleStore` is one. Raises `StoreError`."""

    def iter_articles(self, *, duplicates: bool = True) -> Iterator[StoredArticle]:
        """Every article, few of them in memory at a time; without `duplicates` those alone that repeat no other."""
        ...

    def by_ids(self, ids: Sequence[str]) -> list[StoredArticle]:
        """Those of `ids` that are there, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Selected:
    """A channel to be: the ids of the articles that it shows. `topic` is None for all topics."""

    language: str
    topic: str | None
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """All channels, by language and topic. `latest` is the last change of any article, None where there is none."""

    channels: tuple[Selected, ...]
    latest: datetime | None


def select(articles: Iterable[StoredArticle], languages: Sequence[str], topics: Sequence[str]) -> Selection:
    """The channels of these languages and topics, also those without articles yet; of all that there are where none
    are named. Topics stay in the order in which they are asked for."""
    found: dict[str, _Language] = {language: _Language() for language in languages}
    latest: datetime | None = None
    for article in articles:
        latest = max(latest or article.updated, article.updated)
        language = article.language or UNKNOWN
        if language in found or not languages:
            found.setdefault(language, _Language()).add(article, topics)
    channels = [
        Selected(language, topic, group.newest(topic))
        for language, group in sorted(found.items())
        for topic in (None, *(topics or group.topics))
    ]
    return Selection(tuple(channels), latest)


def is_topic(name: str) -> bool:
    """Whether a channel may be called so: a file is named after it. What marks samples is no topic."""
    return is_file_name(name) and name not in (NEWS, SAMPLE)


def is_file_name(name: str) -> bool:
    """Whether a file or folder can be named so, on any machine and in any address."""
    return _NAME.fullmatch(name) is not None


class _Language:
    """The newest articles in one language, by topic; of no topic more than twice as many as are shown."""

    def __init__(self) -> None:
        self._places: dict[str | None, list[Place]] = defaultdict(list)

    @property
    def topics(self) -> list[str]:
        return sorted(topic for topic in self._places if topic is not None)

    def add(self, article: StoredArticle, topics: Sequence[str]) -> None:
        of_article = (tag for tag in dict.fromkeys(article.tags) if is_topic(tag) and (tag in topics or not topics))
        for topic in (None, *of_article):
            places = self._places[topic]
            places.append(place(article))
            if len(places) >= 2 * NEWEST:
                places.sort()
                del places[NEWEST:]

    def newest(self, topic: str | None) -> tuple[str, ...]:
        return tuple(article_id for _, article_id in sorted(self._places.get(topic, ()))[:NEWEST])
