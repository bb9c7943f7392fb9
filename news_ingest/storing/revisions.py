"""What an article said before, and what has changed since."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from news_ingest.deciding.corrections import diff_lines, is_correction
from news_ingest.storing.models import ARTICLES, REVISIONS
from news_ingest.values import Revision


def revision_row(row: Row[Any], title: str, text: str, now: datetime) -> dict[str, Any]:
    """What `row`, an article, says before `title` and `text` take its place, with what they change in it."""
    return {
        "article_id": row.id,
        "number": row.revisions + 1,
        "seen": now,
        "title": row.title,
        "text": row.text,
        "url": row.url,
        "published": row.published,
        "diff": "\n".join(diff_lines(f"{row.title}\n{row.text}", f"{title}\n{text}")),
        "correction": is_correction(row.title, row.text, title, text),
    }


def revisions(connection: Connection, article_id: str) -> list[Revision]:
    """The oldest first; what the article says now is not among them."""
    rows = connection.execute(
        select(REVISIONS).where(REVISIONS.c.article_id == article_id).order_by(REVISIONS.c.number)
    )
    return [
        Revision(row.article_id, row.number, row.seen, row.title, row.text, _lines(row.diff), row.correction)
        for row in rows
    ]


def last_correction() -> ColumnElement[datetime | None]:
    """When an article (in a statement on `ARTICLES`) was last corrected; null where it never was."""
    seen = select(func.max(REVISIONS.c.seen)).where(REVISIONS.c.article_id == ARTICLES.c.id, REVISIONS.c.correction)
    return seen.correlate(ARTICLES).scalar_subquery()


def _lines(diff: str) -> tuple[str, ...]:
    return tuple(diff.split("\n")) if diff else ()
