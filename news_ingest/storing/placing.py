"""Articles by when they were published and by the story that they tell."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from news_ingest.storing.models import ARTICLES
from news_ingest.storing.reading import PAGE, articles_where
from news_ingest.values import StoredArticle

_WHEN = func.coalesce(ARTICLES.c.published, ARTICLES.c.first_seen, type_=ARTICLES.c.first_seen.type)


def unplaced(connection: Connection) -> list[tuple[str, datetime]]:
    """Ids of the articles without a story, and when they were published, else first seen; the earliest first."""
    wanted = select(ARTICLES.c.id, _WHEN).where(ARTICLES.c.story.is_(None)).order_by(_WHEN, ARTICLES.c.id)
    return [(row[0], row[1]) for row in connection.execute(wanted)]


def placed_between(connection: Connection, first: datetime, last: datetime) -> list[StoredArticle]:
    """The articles with a story that were published, else first seen, from `first` to `last`."""
    return articles_where(connection, ARTICLES.c.story.is_not(None), _WHEN >= first, _WHEN <= last)


def of_stories(connection: Connection, stories: Sequence[str]) -> list[StoredArticle]:
    """The articles that tell these stories."""
    found: list[StoredArticle] = []
    for start in range(0, len(stories), PAGE):
        found += articles_where(connection, ARTICLES.c.story.in_(stories[start : start + PAGE]))
    return found
