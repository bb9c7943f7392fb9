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
        rhythm=_span(row.rhythm_seconds),
        next_due=row.next_due,
        language=row.language_found,
        interval=_span(row.interval_seconds),
        emptied_since=row.emptied_since,
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
        "rhythm_seconds": _seconds(standing.rhythm),
        "next_due": standing.next_due,
        "language_found": standing.language,
        "interval_seconds": _seconds(standing.interval),
        "emptied_since": standing.emptied_since,
        "last_error": error,
    }


def record(connection: Connection, spec: FeedSpec, values: dict[str, Any]) -> tuple[int, bool]:
    """Set `values` of a feed, which is made where it is not there yet. Gives its id, and whether it is new.

    Its language becomes that of `spec`; of a new one its title, too, where none is among `values`.
    """
    told = {**values, "language": spec.language}
    counted = "failures" in told or told.get("last_error") is None
    found = connection.execute(_CHANGE if counted else _FAIL_AGAIN, {"feed_url": spec.url, **told}).scalar()
    if found is not None:
        return found, False
    fresh = {"title": spec.title or spec.url, "failures": 0 if counted else 1}
    return connection.execute(_ADD, {"url": spec.url, **fresh, **told}).scalar_one(), True


def record_many(connection: Connection, feeds: Iterable[tuple[FeedSpec, dict[str, Any]]]) -> None:
    """As `record` for each, but together as long as all are there."""
    alike: dict[tuple[str, ...], list[tuple[FeedSpec, dict[str, Any]]]] = {}
    for spec, values in feeds:
        alike.setdefault(tuple(values), []).append((spec, values))
    for group in alike.values():
        told = [{"feed_url": spec.url, **values, "language": spec.language} for spec, values in group]
        found = connection.execute(_NOTE, told)
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


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()
