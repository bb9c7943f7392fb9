"""Stored articles as `citydesk articles` shows them: lines for people, values for machines. Computes only."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from news_ingest.links import masked
from news_ingest.values import Revision, StoredArticle


def row(article: StoredArticle) -> dict[str, Any]:
    """An article in a list, for machines: all but its text. Times are aware, in UTC."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": masked(article.feed_title),
        "feed": masked(article.feed_url),
        "language": article.language,
        "tags": article.tags,
        "story": article.story,
        "published": article.published,
        "first_seen": article.first_seen,
        "updated": article.updated,
        "corrected": article.corrected,
        "revisions": article.revisions,
        "sample": article.sample,
    }


def cells(article: StoredArticle) -> list[str]:
    """The same for people: id, date, language, source, title, and when it was corrected."""
    corrected = moment(article.corrected) if article.corrected else "–"
    return [article.id, _dated(article), article.language, masked(article.feed_title), article.title, corrected]


def whole(article: StoredArticle, others: Sequence[StoredArticle], revisions: Sequence[Revision]) -> dict[str, Any]:
    """All of an article for machines; `others` tell the same story."""
    changes = [
        {
            "number": one.number,
            "seen": one.seen,
            "correction": one.correction,
            "title": one.title,
            "text": one.text,
            "diff": one.diff,
        }
        for one in revisions
    ]
    return {**row(article), "text": article.text, "others": [row(one) for one in others], "changes": changes}


def lines(article: StoredArticle, others: Sequence[StoredArticle], revisions: Sequence[Revision]) -> Iterator[str]:
    """The same for people."""
    yield article.title
    yield ""
    yield from _facts(article)
    yield from _story(others)
    yield ""
    yield article.text or "It has no text, only its title."
    for revision in revisions:
        yield ""
        yield from _change(revision)


def moment(when: datetime) -> str:
    """To the minute, in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M}"


def _facts(article: StoredArticle) -> Iterator[str]:
    yield f"Id: {article.id}"
    yield f"Source: {masked(article.feed_title)} ({masked(article.feed_url)})"
    if article.url:
        yield f"Address: {article.url}"
    yield f"Published: {_dated(article)} UTC"
    if article.corrected:
        yield f"Corrected: {moment(article.corrected)} UTC"
    yield f"Language: {article.language}"
    yield f"Tags: {', '.join(article.tags) or '–'}"
    if article.sample:
        yield "Sample: yes, the city has not published it"


def _story(others: Sequence[StoredArticle]) -> Iterator[str]:
    if not others:
        yield "Story: no other article tells it"
        return
    yield f"Story: told in {', '.join(sorted({one.language for one in others}))}, too"
    for one in sorted(others, key=lambda other: (other.language, other.id)):
        yield f"  {one.language}  {one.id}  {one.title} ({masked(one.feed_title)})"


def _change(revision: Revision) -> Iterator[str]:
    kind = "correction" if revision.correction else "change"
    yield f"{kind.capitalize()} noticed {moment(revision.seen)} UTC"
    yield from revision.diff or ("Title and words stayed; its date, address or language is another.",)


def _dated(article: StoredArticle) -> str:
    return moment(article.published) if article.published else f"undated, came in {moment(article.first_seen)}"
