"""The tables: feeds, their articles, and what hangs on those. `migrations/` must give the same; a test holds that."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

_ZERO = text("0")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in Python; UTC without a zone in the database, so that SQLite and PostgreSQL sort alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive value: nobody could tell later which clock it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC again."""
        return None if value is None else value.replace(tzinfo=UTC)


# Constraint names are fixed, so that migrations can name what they change.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _needed(name: str, kind: Any, *more: Any, **options: Any) -> Column[Any]:
    """A column that is never null."""
    return Column(name, kind, *more, nullable=False, **options)


FEEDS = Table(
    "feeds",
    METADATA,
    Column("id", Integer, primary_key=True),
    _needed("url", String(2000), unique=True),
    _needed("title", Text),
    Column("language", String(35)),
    Column("etag", Text),
    Column("modified", Text),
    Column("last_fetched", UtcDateTime),
    Column("last_error", Text),
    Column("location", Text),
    Column("moving_to", Text),
    _needed("moves_seen", Integer, server_default=_ZERO),
    _needed("retired", Boolean, server_default=false()),
    _needed("failures", Integer, server_default=_ZERO),
    Column("last_success", UtcDateTime),
    Column("last_new", UtcDateTime),
    Column("rhythm_seconds", Float(53)),
    Column("next_due", UtcDateTime),
    Column("language_found", String(35)),
    Column("interval_seconds", Float(53)),
    Column("emptied_since", UtcDateTime),
)
"""A feed, by its lasting name, what its server said last, and how it has been doing (`FeedStanding`).

`language` is what the list of feeds says, `language_found` what its items were in.
"""

ARTICLES = Table(
    "articles",
    METADATA,
    Column("id", String(16), primary_key=True),
    _needed("feed_id", Integer, ForeignKey("feeds.id", ondelete="CASCADE")),
    _needed("guid", Text),
    _needed("url", Text),
    _needed("title", Text),
    _needed("text", Text),
    _needed("language", String(35)),
    Column("published", UtcDateTime),
    _needed("first_seen", UtcDateTime),
    _needed("updated", UtcDateTime),
    _needed("digest", String(64)),
    _needed("sample", Boolean),
    _needed("listed", Boolean, server_default=true()),
    Column("story", String(64)),
    Column("canonical", String(16)),
    _needed("revisions", Integer, server_default=_ZERO),
    _needed("changed", BigInteger, server_default=_ZERO),
    UniqueConstraint("feed_id", "guid"),
    Index(None, "language", "published"),
    Index(None, "changed"),
    Index(None, "story"),
)
"""One article.

`id`: 16 hex digits of sha256 over the feed's url and the guid that it came with. `changed` is the mark of the last
transaction that touched it. `story` is null where it is alone, `canonical` the id of the article that it repeats.
"""

TAGS = Table(
    "article_tags",
    METADATA,
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", String(100), primary_key=True),
    Index(None, "tag"),
)
"""A subject or district of an article."""

REVISIONS = Table(
    "article_revisions",
    METADATA,
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _needed("seen", UtcDateTime),
    _needed("title", Text),
    _needed("text", Text),
    _needed("url", Text),
    Column("published", UtcDateTime),
    _needed("diff", Text),
    _needed("correction", Boolean, server_default=false()),
    # Whole, so that looking for corrections does not read through all that articles said before.
    Index(None, "correction", "article_id", "seen"),
)
"""What an article was before it changed; `diff` has the lines from there to the next revision, which `correction` says
puts something right."""

OUTBOX = Table(
    "article_outbox",
    METADATA,
    Column("article_id", String(16), primary_key=True),
    _needed("action", String(4)),
    _needed("since", UtcDateTime),
    _needed("mark", BigInteger),
    Index(None, "mark"),
)
"""What the index has not taken in yet, one row per article. No foreign key: a drop outlives its article."""

MARK = Table(
    "article_mark",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _needed("value", BigInteger),
)
"""One row: the number of the last transaction that touched articles.

Its lock makes such transactions follow one another, so that a higher mark is never visible before a lower one.
"""
