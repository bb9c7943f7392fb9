"""The face of the database: feeds, articles, revisions and the outbox; one transaction per feed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from news_ingest.deciding.decide import Decision
from news_ingest.storing import health, outbox, placing, reading, revisions, writing
from news_ingest.storing.database import PATIENCE, address, migrate, open_engine
from news_ingest.storing.database import writing as for_writing
from news_ingest.storing.failures import translated
from news_ingest.storing.outbox import Pending
from news_ingest.storing.reading import Selection
from news_ingest.storing.writing import article_id
from news_ingest.values import FeedHealth, FeedSpec, FeedStanding, FeedState, ParsedFeed, Revision, StoredArticle

__all__ = ["ArticleStore", "Pending", "Selection", "article_id", "open_store"]


def open_store(database_url: str, *, patience: float = PATIENCE) -> "ArticleStore":
    """The store at `database_url`, its folder and tables made. Raises `StoreError`.

    `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`. `patience`: seconds to wait for others' locks.
    """
    engine = open_engine(database_url, patience=patience)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return ArticleStore(engine)


class ArticleStore:
    """What has come in. A method that fails raises `StoreError` and leaves everything as it was.

    Where `standing` can be given, it replaces what is known of the feed's; where it is left out, times and the number
    of failures are kept nevertheless. `now` is the time of the fetch.
    """

    def __init__(self, engine: Engine) -> None:
        """`engine` as `open_engine` makes it, its tables migrated."""
        self._engine = engine
        self._writing = for_writing(engine)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    # What comes in

    def state(self, feed_url: str) -> FeedState:
        """What is known of a feed; empty for one never seen."""
        with self._reading() as connection:
            return reading.state(connection, feed_url)

    def states(self, feed_urls: Sequence[str]) -> dict[str, FeedState]:
        """The same for many feeds at once, by url; `known` is left empty. Feeds never seen are left out."""
        with self._reading() as connection:
            return reading.states(connection, feed_urls)

    def save(
        self,
        spec: FeedSpec,
        parsed: ParsedFeed,
        decision: Decision,
        *,
        etag: str | None = None,
        modified: str | None = None,
        standing: FeedStanding | None = None,
        tags: Mapping[str, Sequence[str]] | None = None,
        now: datetime | None = None,
    ) -> None:
        """Store a feed and what was decided about its entries, all or nothing. `tags` of articles go by guid."""
        moment = now or datetime.now(UTC)
        values = {"etag": etag, "modified": modified, **health.fetched(moment, None, standing)}
        if standing is None:
            values |= {"language_found": parsed.language} | ({"last_new": moment} if decision.new else {})
        # What the editors call it goes before what it calls itself.
        values["title"] = spec.title or parsed.title
        with self._transaction() as connection:
            feed_id, is_new = health.record(connection, spec, values)
            writing.write(connection, feed_id, spec, decision, tags or {}, moment, feed_is_new=is_new)

    def record_unmodified(
        self, spec: FeedSpec, now: datetime | None = None, *, standing: FeedStanding | None = None
    ) -> None:
        """Note that a feed was asked and had nothing new."""
        self.record_unmodified_many([(spec, standing)], now)

    def record_unmodified_many(
        self, feeds: Iterable[tuple[FeedSpec, FeedStanding | None]], now: datetime | None = None
    ) -> None:
        """The same for many feeds, in one transaction."""
        moment = now or datetime.now(UTC)
        with self._transaction() as connection:
            noted = ((spec, health.fetched(moment, None, standing)) for spec, standing in feeds)
            health.record_many(connection, noted)

    def record_failure(
        self, spec: FeedSpec, message: str, now: datetime | None = None, *, standing: FeedStanding | None = None
    ) -> None:
        """Note why a feed could not be taken in. What is stored of it stays."""
        values = health.fetched(now or datetime.now(UTC), message.replace("\0", ""), standing)
        with self._transaction() as connection:
            health.record(connection, spec, values)

    # How feeds are doing

    def feeds(self) -> list[FeedHealth]:
        """Every feed that was ever asked, in the order of their urls."""
        with self._reading() as connection:
            return list(health.all_feeds(connection))

    def standing(self, feed_url: str) -> FeedStanding:
        """How a feed has been doing; empty for one never seen."""
        with self._reading() as connection:
            return health.standing(connection, feed_url)

    def due(self, now: datetime) -> list[str]:
        """Urls of the feeds to fetch: not retired, and their time has come, or none was set. Longest overdue first."""
        with self._reading() as connection:
            return health.due(connection, now)

    def retire(self, feed_url: str) -> None:
        """Fetch a feed no more. What is stored of it stays."""
        with self._transaction() as connection:
            health.set_retired(connection, feed_url, True)

    def unretire(self, feed_url: str) -> None:
        """Fetch it again, from now on, its failures forgotten."""
        with self._transaction() as connection:
            health.set_retired(connection, feed_url, False)

    # What is there

    def latest(self, language: str, limit: int = 5) -> list[StoredArticle]:
        """The newest articles first: those in `language`, or, where there are none, those in any."""
        with self._reading() as connection:
            return reading.latest(connection, language, limit, datetime.now(UTC))

    def selected(self, selection: Selection, limit: int) -> list[StoredArticle]:
        """The newest of a selection first, those that repeat another among them."""
        with self._reading() as connection:
            return reading.selected(connection, selection, limit, datetime.now(UTC))

    def articles(self) -> list[StoredArticle]:
        """Every article, in the order of their ids."""
        return list(self.iter_articles())

    def iter_articles(self, *, duplicates: bool = True) -> Iterator[StoredArticle]:
        """The same, a few hundred in memory at a time; one may write meanwhile.

        With `duplicates` false, those that repeat another (`set_canonical`) are left out.
        """
        return self._pages(None, duplicates)

    def articles_since(self, mark: int, *, duplicates: bool = True) -> Iterator[StoredArticle]:
        """Those that came in or changed after `mark` (of a `Pending`), in the order of their ids."""
        return self._pages(mark, duplicates)

    def by_ids(self, ids: Sequence[str]) -> list[StoredArticle]:
        """Those of `ids` that are there, in the order of their ids."""
        with self._reading() as connection:
            return sorted(reading.by_ids(connection, sorted(set(ids))), key=lambda article: article.id)

    def unplaced(self) -> list[tuple[str, datetime]]:
        """Ids and instants (published, else first seen) of articles whose story is not known, the earliest first."""
        with self._reading() as connection:
            return placing.unplaced(connection)

    def placed_between(self, first: datetime, last: datetime) -> list[StoredArticle]:
        """Articles of these days whose story is known."""
        with self._reading() as connection:
            return placing.placed_between(connection, first, last)

    def of_stories(self, stories: Sequence[str]) -> list[StoredArticle]:
        """Every article that tells one of these stories."""
        with self._reading() as connection:
            return placing.of_stories(connection, stories)

    def revisions(self, article_id: str) -> list[Revision]:
        """What an article said before, the oldest first; empty where it never changed."""
        with self._reading() as connection:
            return revisions.revisions(connection, article_id)

    # What is found out about articles

    def set_stories(self, stories: Mapping[str, str]) -> None:
        """Article id → id of the story that it tells. What differs goes to the outbox; so it does below."""
        with self._transaction() as connection:
            writing.set_stories(connection, stories, datetime.now(UTC))

    def set_languages(self, languages: Mapping[str, str | None]) -> None:
        """Article id → the language that its text turned out to be in."""
        with self._transaction() as connection:
            writing.set_column(connection, "language", languages, datetime.now(UTC))

    def set_canonical(self, canonical: Mapping[str, str | None]) -> None:
        """Article id → id of the article that it repeats, None where it repeats none. Repetitions leave the index."""
        with self._transaction() as connection:
            writing.set_column(connection, "canonical", canonical, datetime.now(UTC))

    def set_tags(self, article_id: str, tags: Iterable[str]) -> None:
        """Ids of subjects and districts, in place of those that it had."""
        self.set_tags_many({article_id: tags})

    def set_tags_many(self, tags: Mapping[str, Iterable[str]]) -> None:
        """The same for many articles by id, in one transaction."""
        with self._transaction() as connection:
            writing.set_tags(connection, {one: tuple(given) for one, given in tags.items()}, datetime.now(UTC))

    # What the index has yet to take in

    def pending(self) -> Pending:
        """What has changed since the index was last told."""
        with self._reading() as connection:
            return outbox.pending(connection)

    def drained(self, mark: int) -> None:
        """The index has taken in all that was pending at `mark`. What came meanwhile stays."""
        with self._transaction() as connection:
            outbox.drained(connection, mark)

    def _pages(self, since: int | None, duplicates: bool) -> Iterator[StoredArticle]:
        last = ""
        while True:
            with self._reading() as connection:
                page = reading.page(connection, last, since=since, duplicates=duplicates)
            yield from page
            if len(page) < reading.PAGE:
                return
            last = page[-1].id

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(address(self._engine)), self._engine.connect() as connection, _usable(connection):
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(address(self._engine)), self._writing.begin() as connection, _usable(connection):
            yield connection


@contextmanager
def _usable(connection: Connection) -> Iterator[None]:
    """A text that can't be encoded, or a broken line, leaves pg8000 in the middle of a message: thrown away."""
    try:
        yield
    except (UnicodeError, OSError):
        connection.invalidate()
        raise
