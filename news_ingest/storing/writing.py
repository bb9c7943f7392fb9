"""One feed's decision into the database, on the connection of one transaction."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from news_ingest.deciding.decide import Decision, content_digest
from news_ingest.storing.models import ARTICLES, REVISIONS, TAGS
from news_ingest.storing.outbox import insert_many, next_mark, queue
from news_ingest.storing.revisions import revision_row
from news_ingest.values import FeedSpec, ParsedEntry

_AT_ONCE = 500
"""Values in one condition."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL's texts can't hold, and halves of surrogate pairs, which have no encoding."""

_HOLDERS = select(ARTICLES.c.id, ARTICLES.c.guid).where(ARTICLES.c.id.in_(bindparam("ids", expanding=True)))
_SEEN = ("url", "title", "text", "language", "published")


def article_id(feed_url: str, guid: str) -> str:
    """16 hex digits, the same wherever and whenever the article comes in."""
    return hashlib.sha256(f"{feed_url}{guid}".encode("utf-8", "replace")).hexdigest()[:16]


def write(
    connection: Connection,
    feed_id: int,
    spec: FeedSpec,
    decision: Decision,
    tags: Mapping[str, Sequence[str]],
    now: datetime,
    *,
    feed_is_new: bool,
) -> None:
    """Store what was decided, keep what changed as revisions, and tell the outbox. `tags` go by guid."""
    relabelled = not feed_is_new and _with_other_mark_of_sample(connection, feed_id, spec.sample)
    if decision.new or decision.changed or decision.renamed or tags or relabelled:
        mark = next_mark(connection)
        _add(connection, feed_id, spec, decision.new, now, mark)
        _change(connection, feed_id, decision, now, mark)
        _tag_by_guid(connection, feed_id, tags, mark)
        if relabelled:
            others = (ARTICLES.c.feed_id == feed_id, ARTICLES.c.sample != spec.sample)
            connection.execute(update(ARTICLES).where(*others).values(sample=spec.sample, changed=mark))
        queue(connection, mark, now)
    _list(connection, feed_id, decision.gone, False)
    _list(connection, feed_id, decision.relisted, True)


def set_tags(connection: Connection, tags: Mapping[str, Iterable[str]], now: datetime) -> None:
    """Replace the tags of the articles given by id. Ids that are not there are passed over."""
    mark = next_mark(connection)
    _replace_tags(connection, tags, mark)
    queue(connection, mark, now)


def set_stories(connection: Connection, stories: Mapping[str, str], now: datetime) -> None:
    """Set the story by article id. That one turns out to be alone is no news for the index: it was shown so before."""
    for part in _parts([one for one, story in stories.items() if story == one]):
        alone = update(ARTICLES).where(ARTICLES.c.id.in_(part), ARTICLES.c.story.is_(None))
        connection.execute(alone.values(story=ARTICLES.c.id))
    set_column(connection, "story", stories, now)


def set_column(connection: Connection, name: str, values: Mapping[str, str | None], now: datetime) -> None:
    """Set `story` or `canonical` by article id; those alone that differ go to the outbox."""
    mark = next_mark(connection)
    column = ARTICLES.c[name]
    changed = update(ARTICLES).where(ARTICLES.c.id == bindparam("key"), column.is_distinct_from(bindparam("value")))
    rows = [{"key": key, "value": value} for key, value in values.items()]
    if rows:
        connection.execute(changed.values({name: bindparam("value"), "changed": mark}), rows)
    queue(connection, mark, now)


def _add(
    connection: Connection, feed_id: int, spec: FeedSpec, entries: Sequence[ParsedEntry], now: datetime, mark: int
) -> None:
    ids = _free_ids(connection, spec.url, [entry.guid for entry in entries])
    rows = [
        {
            "id": one,
            "feed_id": feed_id,
            "guid": entry.guid,
            **_content(entry),
            "first_seen": now,
            "updated": now,
            "digest": content_digest(entry),
            "sample": spec.sample,
            "changed": mark,
        }
        for one, entry in zip(ids, entries, strict=True)
    ]
    insert_many(connection, ARTICLES, rows)


def _free_ids(connection: Connection, feed_url: str, guids: Sequence[str]) -> list[str]:
    """An id for each guid. An article that was renamed keeps its own, so that its old guid may need another."""
    ids = [article_id(feed_url, guid) for guid in guids]
    owners: dict[str, str] = {}
    for part in _parts(ids):
        taken = connection.execute(_HOLDERS, {"ids": part})
        owners |= {row.id: row.guid for row in taken}
    for place, guid in enumerate(guids):
        again = 0
        while owners.get(ids[place], guid) != guid:
            again += 1
            ids[place] = article_id(feed_url, f"{guid}\0{again}")
            held = connection.scalar(select(ARTICLES.c.guid).where(ARTICLES.c.id == ids[place]))
            owners |= {} if held is None else {ids[place]: held}
    return ids


def _change(connection: Connection, feed_id: int, decision: Decision, now: datetime, mark: int) -> None:
    wanted = [(entry.guid, entry) for entry in decision.changed] + list(decision.renamed)
    stored = _by_guid(connection, feed_id, {guid for old, entry in wanted for guid in (old, entry.guid)})
    updates, kept = [], []
    for old, entry in wanted:
        row = stored.get(entry.guid, stored.get(old))
        if row is None:  # deleted by someone since the decision; the next run brings it back
            continue
        new = _content(entry)
        seen_otherwise = any(getattr(row, name) != new[name] for name in _SEEN)
        if seen_otherwise:
            kept.append(revision_row(row, new["title"], new["text"], now))
        updates.append(
            {
                "key": row.id,
                "guid": entry.guid,
                **new,
                "updated": now if seen_otherwise else row.updated,
                "digest": content_digest(entry),
                "listed": True,
                "story": None if seen_otherwise else row.story,  # what it says now may be another
                "revisions": row.revisions + seen_otherwise,
                "changed": mark if seen_otherwise or row.guid != entry.guid else row.changed,
            }
        )
    if updates:
        connection.execute(update(ARTICLES).where(ARTICLES.c.id == bindparam("key")), updates)
    insert_many(connection, REVISIONS, kept)


def _by_guid(connection: Connection, feed_id: int, guids: set[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for part in _parts(sorted(guids)):
        rows = connection.execute(select(ARTICLES).where(ARTICLES.c.feed_id == feed_id, ARTICLES.c.guid.in_(part)))
        found |= {row.guid: row for row in rows}
    return found


def _content(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "url": _storable(entry.url),
        "title": _storable(entry.title),
        "text": _storable(entry.full_text or entry.text),
        "language": entry.language,
        "published": entry.published,
    }


def _storable(text: str) -> str:
    # Next to no text holds anything else, and to encode it tells that faster than the pattern does.
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNSTORABLE.sub("", text)
    return text.replace("\0", "")


def _with_other_mark_of_sample(connection: Connection, feed_id: int, sample: bool) -> bool:
    others = select(ARTICLES.c.id).where(ARTICLES.c.feed_id == feed_id, ARTICLES.c.sample != sample).limit(1)
    return connection.execute(others).first() is not None


def _list(connection: Connection, feed_id: int, guids: Sequence[str], listed: bool) -> None:
    for part in _parts(guids):
        these = (ARTICLES.c.feed_id == feed_id, ARTICLES.c.guid.in_(part))
        connection.execute(update(ARTICLES).where(*these).values(listed=listed))


def _tag_by_guid(connection: Connection, feed_id: int, tags: Mapping[str, Sequence[str]], mark: int) -> None:
    ids: dict[str, str] = {}
    for part in _parts(sorted(tags)):
        wanted = select(ARTICLES.c.guid, ARTICLES.c.id).where(ARTICLES.c.feed_id == feed_id, ARTICLES.c.guid.in_(part))
        ids |= {row.guid: row.id for row in connection.execute(wanted)}
    _replace_tags(connection, {ids[guid]: given for guid, given in tags.items() if guid in ids}, mark)


def _replace_tags(connection: Connection, tags: Mapping[str, Iterable[str]], mark: int) -> None:
    """Only what differs is touched."""
    for part in _parts(sorted(tags)):
        held: dict[str, set[str]] = {
            one: set() for one in connection.scalars(select(ARTICLES.c.id).where(ARTICLES.c.id.in_(part)))
        }
        chosen = select(TAGS.c.article_id, TAGS.c.tag).where(TAGS.c.article_id.in_(part))
        for one, tag in connection.execute(chosen):
            held[one].add(tag)
        other = [one for one in held if held[one] != set(tags[one])]
        had = [one for one in other if held[one]]
        if had:
            connection.execute(delete(TAGS).where(TAGS.c.article_id.in_(had)))
        rows = [{"article_id": one, "tag": tag} for one in other for tag in sorted(set(tags[one]))]
        insert_many(connection, TAGS, rows)
        if other:
            connection.execute(update(ARTICLES).where(ARTICLES.c.id.in_(other)).values(changed=mark))


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
