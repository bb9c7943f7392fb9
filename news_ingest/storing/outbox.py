"""The outbox: which articles the index has yet to take in, written in the transaction that changed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, delete, insert, select, text, update

from news_ingest.storing.models import MARK, OUTBOX, UtcDateTime

# One statement for whatever a transaction touched: nothing can be forgotten, and nothing is there twice.
_QUEUE = text(
    "INSERT INTO article_outbox (article_id, action, since, mark)"
    " SELECT id, CASE WHEN canonical IS NULL THEN 'put' ELSE 'drop' END, :since, changed"
    " FROM articles WHERE changed = :mark"
    " ON CONFLICT (article_id) DO UPDATE SET action = excluded.action, since = excluded.since, mark = excluded.mark"
).bindparams(bindparam("since", type_=UtcDateTime))

_NEXT = update(MARK).where(MARK.c.id == 1).values(value=MARK.c.value + 1).returning(MARK.c.value)


@dataclass(frozen=True, slots=True)
class Pending:
    """What the index has yet to do: ids of articles to take in, and of those to drop.

    `mark` is for `drained`, once all of it is done, and for `articles_since`. `since` is when the oldest of it came.
    """

    put: tuple[str, ...]
    drop: tuple[str, ...]
    mark: int
    since: datetime | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.put or self.drop)


def next_mark(connection: Connection) -> int:
    """The number of this transaction; others that ask for one wait until this one has ended."""
    mark: int = connection.execute(_NEXT).scalar_one()
    return mark


def queue(connection: Connection, mark: int, now: datetime) -> None:
    """Put in the outbox all articles that carry `mark`. What waited already is told its newest action only."""
    connection.execute(_QUEUE, {"since": now, "mark": mark})


def pending(connection: Connection) -> Pending:
    """Everything that waits, the oldest change first."""
    rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.mark, OUTBOX.c.article_id)).all()
    if not rows:
        return Pending((), (), connection.execute(select(MARK.c.value)).scalar_one())
    return Pending(
        tuple(row.article_id for row in rows if row.action == "put"),
        tuple(row.article_id for row in rows if row.action == "drop"),
        rows[-1].mark,
        min(row.since for row in rows),
    )


def drained(connection: Connection, mark: int) -> None:
    """Forget what was pending at `mark`. What has changed since then stays, be it the same articles."""
    connection.execute(delete(OUTBOX).where(OUTBOX.c.mark <= mark))


def insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by as few statements as the driver can do well with."""
    if not rows:
        return
    statement: Insert = insert(table)
    if connection.dialect.name == "postgresql":
        # Only with RETURNING are rows joined into one statement; pg8000 alone would ask the server once for each.
        connection.execute(statement.returning(*table.primary_key), rows)
    else:
        connection.execute(statement, rows)
