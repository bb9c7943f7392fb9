"""What an article said before, and what has changed since."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

from sqlalchemy import Connection, select

from news_ingest.storing.models import REVISIONS
from news_ingest.values import Revision

MAX_SENTENCES = 1_000
"""Of either text: comparing takes time that grows with the square of it."""
MAX_LINES = 200
"""Of a diff."""

_ENDS = re.compile(r"(?<=[。！？])(?=[^」』）])|(?<=[.!?]) |\n+")


def difference(old_title: str, old_text: str, title: str, text: str) -> tuple[str, ...]:
    """Lines as in a unified diff, without its file names: title first, then sentence by sentence.

    Bounded by `MAX_SENTENCES` and `MAX_LINES`; the last line then begins with `\\` and says that there is more.
    """
    before, after = [old_title, *_sentences(old_text)], [title, *_sentences(text)]
    lines = list(islice(unified_diff(before, after, n=1, lineterm=""), 2, MAX_LINES + 3))
    return (*lines[:MAX_LINES], "\\ and more") if len(lines) > MAX_LINES else tuple(lines)


def _sentences(text: str) -> Iterator[str]:
    return islice((part.strip() for part in _ENDS.split(text) if part.strip()), MAX_SENTENCES)


def revisions(connection: Connection, article_id: str) -> list[Revision]:
    """The oldest first; what the article says now is not among them."""
    rows = connection.execute(
        select(REVISIONS).where(REVISIONS.c.article_id == article_id).order_by(REVISIONS.c.number)
    )
    return [
        Revision(row.article_id, row.number, row.seen, row.title, row.text, tuple(row.diff.split("\n")))
        if row.diff
        else Revision(row.article_id, row.number, row.seen, row.title, row.text)
        for row in rows
    ]
