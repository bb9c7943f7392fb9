"""Articles out of the database, page by page, so that memory does not grow with what is there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, func, or_, select

from news_ingest.storing.health import standing_of
from news_ingest.storing.models import ARTICLES, FEEDS, REVISIONS, TAGS
from news_ingest.storing.revisions import last_correction
from news_ingest.values import FeedState, KnownArticle, StoredArticle

PAGE = 256
"""Articles that are held at once."""

_TOLERATED_FUTURE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are meant: those of a feed, in a language, with a tag; `corrected`: only those that were."""

    feed_url: str | None = None
    language: str | None = None
    tag: str | None = None
    corrected: bool = False


_COLUMNS = (
    ARTICLES.c.id,
    FEEDS.c.url.label("feed_url"),
    FEEDS.c.title.label("feed_title"),
    ARTICLES.c.guid,
    ARTICLES.c.url,
    ARTICLES.c.title,
    ARTICLES.c.text,
    ARTICLES.c.language,
    ARTICLES.c.published,
    ARTICLES.c.first_seen,
    ARTICLES.c.updated,
    ARTICLES.c.sample,
    ARTICLES.c.story,
    ARTICLES.c.revisions,
    case((ARTICLES.c.revisions > 0, last_correction())).label("corrected"),
)

_FEED = select(FEEDS).where(FEEDS.c.url == bindparam("feed_url"))
_COUNT = select(func.count()).select_from(ARTICLES).where(ARTICLES.c.feed_id == FEEDS.c.id).correlate(FEEDS)
_FEEDS = select(*FEEDS.columns, _COUNT.scalar_subquery().label("articles")).where(
    FEEDS.c.url.in_(bindparam("feed_urls", expanding=True))
)
_KNOWN = (
    select(*(ARTICLES.c[name] for name in ("guid", "digest", "url", "title", "published", "listed")))
    .where(ARTICLES.c.feed_id == bindparam("feed_id"))
    .order_by(ARTICLES.c.id)
)


def state(connection: Connection, feed_url: str) -> FeedState:
    """Empty for a feed never seen."""
    feed = connection.execute(_FEED, {"feed_url": feed_url}).first()
    if feed is None:
        return FeedState()
    known = {row.guid: KnownArticle(*row) for row in connection.execute(_KNOWN, {"feed_id": feed.id})}
    return FeedState(feed.etag, feed.modified, known, standing_of(feed), len(known))


def states(connection: Connection, feed_urls: Sequence[str]) -> dict[str, FeedState]:
    """Of the feeds that are there, with the number of their articles, but not these themselves."""
    found = {}
    for start in range(0, len(feed_urls), PAGE):
        for feed in connection.execute(_FEEDS, {"feed_urls": feed_urls[start : start + PAGE]}):
            found[feed.url] = FeedState(feed.etag, feed.modified, {}, standing_of(feed), feed.articles)
    return found


def latest(connection: Connection, language: str, limit: int, now: datetime) -> list[StoredArticle]:
    """The newest first: those in `language`, or, where there are none, those in any; none that repeats another."""
    once = ARTICLES.c.canonical.is_(None)
    return _newest(connection, limit, now, once, ARTICLES.c.language == language) or _newest(
        connection, limit, now, once
    )


def selected(connection: Connection, selection: Selection, limit: int, now: datetime) -> list[StoredArticle]:
    """The newest of a selection first."""
    chosen = []
    if selection.feed_url is not None:
        feed = select(FEEDS.c.id).where(FEEDS.c.url == selection.feed_url)
        chosen.append(ARTICLES.c.feed_id == feed.scalar_subquery())
    if selection.language is not None:
        chosen.append(ARTICLES.c.language == selection.language)
    if selection.tag is not None:
        chosen.append(ARTICLES.c.id.in_(select(TAGS.c.article_id).where(TAGS.c.tag == selection.tag)))
    if selection.corrected:
        chosen.append(ARTICLES.c.id.in_(select(REVISIONS.c.article_id).where(REVISIONS.c.correction)))
    return _newest(connection, limit, now, *chosen)


def _newest(connection: Connection, limit: int, now: datetime, *conditions: ColumnElement[bool]) -> list[StoredArticle]:
    # A date far ahead is a slip of the pen and must not stay on top for years.
    doubtful = or_(ARTICLES.c.published.is_(None), ARTICLES.c.published > now + _TOLERATED_FUTURE)
    shown = case((doubtful, ARTICLES.c.first_seen), else_=ARTICLES.c.published)
    newest = select(ARTICLES.c.id).where(*conditions).order_by(shown.desc(), ARTICLES.c.id).limit(max(limit, 0))
    ids = connection.scalars(newest).all()
    found = {article.id: article for article in by_ids(connection, ids)}
    return [found[one] for one in ids]


def page(
    connection: Connection, after: str, *, since: int | None = None, duplicates: bool = True
) -> list[StoredArticle]:
    """Up to `PAGE` articles whose ids come after `after`; with `since` those alone that changed after that mark."""
    wanted = _articles().where(ARTICLES.c.id > after).order_by(ARTICLES.c.id).limit(PAGE)
    if since is not None:
        wanted = wanted.where(ARTICLES.c.changed > since)
    if not duplicates:
        wanted = wanted.where(ARTICLES.c.canonical.is_(None))
    return _stored(connection, connection.execute(wanted).all())


def by_ids(connection: Connection, ids: Sequence[str]) -> list[StoredArticle]:
    """Those that are there, in the order of their ids; at most `PAGE` of `ids` for one statement."""
    found: list[StoredArticle] = []
    for start in range(0, len(ids), PAGE):
        wanted = _articles().where(ARTICLES.c.id.in_(ids[start : start + PAGE])).order_by(ARTICLES.c.id)
        found += _stored(connection, connection.execute(wanted).all())
    return found


def articles_where(connection: Connection, *conditions: ColumnElement[bool]) -> list[StoredArticle]:
    """Those for which all conditions hold, in the order of their ids."""
    return _stored(connection, connection.execute(_articles().where(*conditions).order_by(ARTICLES.c.id)).all())


def _articles() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).join(FEEDS, ARTICLES.c.feed_id == FEEDS.c.id)


def _stored(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoredArticle]:
    tags: dict[str, list[str]] = defaultdict(list)
    chosen = select(TAGS.c.article_id, TAGS.c.tag).where(TAGS.c.article_id.in_([row.id for row in rows]))
    for article_id, tag in connection.execute(chosen.order_by(TAGS.c.tag)) if rows else ():
        tags[article_id].append(tag)
    return [
        StoredArticle(
            id=row.id,
            feed_url=row.feed_url,
            feed_title=row.feed_title,
            guid=row.guid,
            url=row.url,
            title=row.title,
            text=row.text,
            language=row.language,
            published=row.published,
            first_seen=row.first_seen,
            updated=row.updated,
            sample=row.sample,
            story=row.story or row.id,
            tags=tuple(tags[row.id]),
            revisions=row.revisions,
            corrected=row.corrected,
        )
        for row in rows
    ]
