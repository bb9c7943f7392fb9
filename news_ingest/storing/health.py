"""How feeds have been doing: their rows, to and from `FeedStanding`."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from news_ingest.storing.models import ARTICLES, FEEDS
from news_ingest.values import FeedHealth, FeedSpec, FeedStanding

# Made once: to make them anew for each feed takes longer than to run them. What they set are their parameters.
_CHANGE = update(FEEDS).where(FEEDS.c.url == bindparam("feed_url")).returning(FEEDS.c.id)
_FAIL_AGAIN = _CHANGE.values(failures=FEEDS.c.failures + 1)
_NOTE = update(FEEDS).where(FEEDS.c.url == bindparam("feed_url"))
_ADD = insert(FEEDS).returning(FEEDS.c.id)


def standing_of(row: Any) -> FeedStanding:
    """`row` has the columns of `Feed`."""
    return FeedStanding(
        location=row.location,
        moving_to=row.moving_to,
        moves_seen=row.moves_seen,
        retired=row.retired,
        failures=row.failures,
        last_fetched=row.last_fetched,
        last_success=row.last_success,
        last_new=row.last_new,
        rhythm=None if row.rhythm_seconds is None else timedelta(seconds=row.rhythm_seconds),
        next_due=row.next_due,
        language=row.language,
    )


def fetched(now: datetime, error: str | None, standing: FeedStanding | None) -> dict[str, Any]:
    """The columns to set after a fetch: as `standing` says, or, where none is given, what can be told without.

    Failures are counted by `record` then.
    """
    if standing is None:
        values: dict[str, Any] = {"last_fetched": now, "last_error": error}
        return values | ({"last_success": now, "failures": 0} if error is None else {})
    return {
        "location": standing.location,
        "moving_to": standing.moving_to,
        "moves_seen": standing.moves_seen,
        "retired": standing.retired,
        "failures": standing.failures,
        "last_fetched": standing.last_fetched or now,
        "last_success": standing.last_success,
        "last_new": standing.last_new,
        "rhythm_seconds": None if standing.rhythm is None else standing.rhythm.total_seconds(),
        "next_due": standing.next_due,
        "last_error": error,
    } | ({} if standing.language is None else {"language": standing.language})


def record(
    connection: Connection, spec: FeedSpec, values: dict[str, Any], named: dict[str, Any] | None = None
) -> tuple[int, bool]:
    """Set `values` of a feed, which is made where it is not there yet. Gives its id, and whether it is new.

    `named` has title and language where the feed told them; else those of `spec` stand until it does.
    """
    told = values | (named or {})
    counted = "failures" in told or told.get("last_error") is None
    found = connection.execute(_CHANGE if counted else _FAIL_AGAIN, {"feed_url": spec.url, **told}).scalar()
    if found is not None:
        return found, False
    fresh = {"title": spec.title or spec.url, "language": spec.language, "failures": 0 if counted else 1}
    return connection.execute(_ADD, {"url": spec.url, **fresh, **told}).scalar_one(), True


def record_many(connection: Connection, feeds: Iterable[tuple[FeedSpec, dict[str, Any]]]) -> None:
    """As `record` for each, but together as long as all are there."""
    alike: dict[tuple[str, ...], list[tuple[FeedSpec, dict[str, Any]]]] = {}
    for spec, values in feeds:
        alike.setdefault(tuple(values), []).append((spec, values))
    for group in alike.values():
        found = connection.execute(_NOTE, [{"feed_url": spec.url, **values} for spec, values in group])
        if found.rowcount != len(group):
            for spec, values in group:
                record(connection, spec, values)


def standing(connection: Connection, feed_url: str) -> FeedStanding:
    """Empty for a feed never seen."""
    row = connection.execute(select(FEEDS).where(FEEDS.c.url == feed_url)).first()
    return FeedStanding() if row is None else standing_of(row)


def due(connection: Connection, now: datetime) -> list[str]:
    """Urls of the feeds whose time has come: those without a time first, then those that have waited longest."""
    waiting = select(FEEDS.c.url).where(
        FEEDS.c.retired.is_(False), or_(FEEDS.c.next_due.is_(None), FEEDS.c.next_due <= now)
    )
    without_time = case((FEEDS.c.next_due.is_(None), 0), else_=1)
    return list(connection.scalars(waiting.order_by(without_time, FEEDS.c.next_due, FEEDS.c.url)))


def set_retired(connection: Connection, feed_url: str, retired: bool) -> None:
    """Once brought back, a feed begins anew: no failures, due at once."""
    values: dict[str, Any] = {"retired": retired} | ({} if retired else {"failures": 0, "next_due": None})
    connection.execute(update(FEEDS).where(FEEDS.c.url == feed_url).values(values))


def all_feeds(connection: Connection) -> Sequence[FeedHealth]:
    """In the order of their urls."""
    count = select(func.count(ARTICLES.c.id)).where(ARTICLES.c.feed_id == FEEDS.c.id).correlate(FEEDS).scalar_subquery()
    rows = connection.execute(select(*FEEDS.columns, count.label("articles")).order_by(FEEDS.c.url))
    return [
        FeedHealth(row.url, row.title, row.language, row.last_fetched, row.last_error, row.articles, standing_of(row))
        for row in rows
    ]
