"""Feeds and articles in the database; one transaction per feed."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, Select, case, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from news_ingest.deciding.decide import Decision, content_digest
from news_ingest.storing.database import address, migrate, open_engine, translated, writing
from news_ingest.storing.models import Article, Feed
from news_ingest.values import FeedHealth, FeedSpec, FeedState, KnownArticle, ParsedEntry, ParsedFeed, StoredArticle

_TOLERATED_FUTURE = timedelta(days=1)


def open_store(database_url: str) -> "ArticleStore":
    """The store at `database_url` (`sqlite:///…`), its folder and tables made. Raises `StoreError`."""
    engine = open_engine(database_url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return ArticleStore(engine)


def article_id(feed_url: str, guid: str) -> str:
    """16 hex digits, the same wherever and whenever the article comes in."""
    return hashlib.sha256(f"{feed_url}{guid}".encode("utf-8", "replace")).hexdigest()[:16]


class ArticleStore:
    """What has come in. A method that fails raises `StoreError` and leaves everything as it was."""

    def __init__(self, engine: Engine) -> None:
        """`engine` as `open_engine` makes it, its tables migrated."""
        self._engine = engine
        self._writing = writing(engine)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def state(self, feed_url: str) -> FeedState:
        """What is known of a feed; empty for one never seen."""
        with self._reading() as session:
            feed = session.scalar(select(Feed).where(Feed.url == feed_url))
            if feed is None:
                return FeedState()
            columns = (Article.guid, Article.digest, Article.url, Article.title, Article.published)
            rows = session.execute(select(*columns).where(Article.feed_id == feed.id))
            known = (KnownArticle(row.guid, row.digest, row.url, row.title, row.published) for row in rows)
            return FeedState(feed.etag, feed.modified, {one.guid: one for one in known})

    def save(
        self,
        spec: FeedSpec,
        parsed: ParsedFeed,
        decision: Decision,
        *,
        etag: str | None = None,
        modified: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Store a feed and its new and changed entries, all or nothing. `now` is the time of the fetch."""
        moment = now or datetime.now(UTC)
        with self._transaction() as session:
            feed = _feed(session, spec)
            # What the editors call it goes before what it calls itself.
            feed.title = spec.title or parsed.title
            feed.language = parsed.language
            feed.etag, feed.modified = etag, modified
            feed.last_fetched, feed.last_error = moment, None
            session.flush()
            session.add_all(_article(feed, entry, spec, moment) for entry in decision.new)
            _change(session, feed, decision.changed, moment)
            session.flush()
            session.execute(
                update(Article)
                .where(Article.feed_id == feed.id, Article.sample != spec.sample)
                .values(sample=spec.sample)
            )

    def record_unmodified(self, spec: FeedSpec, now: datetime | None = None) -> None:
        """Note that a feed was asked and had nothing new."""
        self._record(spec, now, error=None)

    def record_failure(self, spec: FeedSpec, message: str, now: datetime | None = None) -> None:
        """Note why a feed could not be taken in. What is stored of it stays."""
        self._record(spec, now, error=message)

    def latest(self, language: str, limit: int = 5) -> list[StoredArticle]:
        """The newest articles first: those in `language`, or, where there are none, those in any."""
        # A date far ahead is a slip of the pen and must not stay on top for years.
        horizon = datetime.now(UTC) + _TOLERATED_FUTURE
        doubtful = or_(Article.published.is_(None), Article.published > horizon)
        shown = case((doubtful, Article.first_seen), else_=Article.published)
        newest = _articles().order_by(shown.desc(), Article.id).limit(max(limit, 0))
        with self._reading() as session:
            found = session.scalars(newest.where(Article.language == language)).all()
            return [_stored(article) for article in found or session.scalars(newest).all()]

    def articles(self) -> list[StoredArticle]:
        """Every article, in the order of their ids."""
        with self._reading() as session:
            return [_stored(article) for article in session.scalars(_articles().order_by(Article.id))]

    def feeds(self) -> list[FeedHealth]:
        """Every feed that was ever asked, in the order of their urls."""
        counted = (
            select(Feed, func.count(Article.id))
            .outerjoin(Article, Article.feed_id == Feed.id)
            .group_by(Feed.id)
            .order_by(Feed.url)
        )
        with self._reading() as session:
            return [
                FeedHealth(feed.url, feed.title, feed.language, feed.last_fetched, feed.last_error, count)
                for feed, count in session.execute(counted)
            ]

    def _record(self, spec: FeedSpec, now: datetime | None, error: str | None) -> None:
        with self._transaction() as session:
            feed = _feed(session, spec)
            feed.last_fetched = now or datetime.now(UTC)
            feed.last_error = error

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with translated(address(self._engine)), Session(self._engine) as session:
            yield session

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with translated(address(self._engine)), Session(self._writing) as session, session.begin():
            yield session


def _feed(session: Session, spec: FeedSpec) -> Feed:
    feed = session.scalar(select(Feed).where(Feed.url == spec.url))
    if feed is None:
        feed = Feed(url=spec.url, title=spec.title or spec.url, language=spec.language)
        session.add(feed)
    return feed


def _article(feed: Feed, entry: ParsedEntry, spec: FeedSpec, now: datetime) -> Article:
    return Article(
        id=article_id(spec.url, entry.guid),
        feed_id=feed.id,
        guid=entry.guid,
        url=entry.url,
        title=entry.title,
        text=entry.text,
        language=entry.language,
        published=entry.published,
        first_seen=now,
        updated=now,
        digest=content_digest(entry),
        sample=spec.sample,
    )


def _change(session: Session, feed: Feed, entries: Sequence[ParsedEntry], now: datetime) -> None:
    for entry in entries:
        article = session.scalar(select(Article).where(Article.feed_id == feed.id, Article.guid == entry.guid))
        if article is None:  # deleted by someone since the decision; the next run brings it back
            continue
        article.url, article.title, article.text = entry.url, entry.title, entry.text
        article.language, article.published = entry.language, entry.published
        article.updated, article.digest = now, content_digest(entry)


def _articles() -> Select[Article]:
    return select(Article).join(Article.feed).options(contains_eager(Article.feed))


def _stored(article: Article) -> StoredArticle:
    return StoredArticle(
        id=article.id,
        feed_url=article.feed.url,
        feed_title=article.feed.title,
        guid=article.guid,
        url=article.url,
        title=article.title,
        text=article.text,
        language=article.language,
        published=article.published,
        first_seen=article.first_seen,
        updated=article.updated,
        sample=article.sample,
    )
