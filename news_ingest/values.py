"""The values that pass between the rooms: feed to fetch, bytes fetched, entries parsed, articles stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed that an editor wants read.

    `url` is its lasting name, as written in the list of feeds (article ids hang on it, to be the same on
    every machine); `location` is where to fetch it: an http(s) address or an absolute path. `full_text`: the
    operator allows reading the linked page where the feed gives a stub.
    """

    url: str
    location: str
    title: str = ""
    language: str | None = None
    category: str = ""
    sample: bool = False
    full_text: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A feed's bytes, unpacked. `whole` is false when the connection broke before the end.

    `moved_to` is where permanent redirects alone lead, None where there was none; `fresh_for` how long the server
    says that the answer holds.
    """

    url: str
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    whole: bool = True
    moved_to: str | None = None
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing has changed since the last time; the rest as in `Retrieved`."""

    url: str
    moved_to: str | None = None
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One item of a feed as plain text. `published` is aware, in UTC. `url` may be empty.

    `made_up`: the feed gave neither guid nor link, and the guid was made from title and date. `stub`: the text is no
    more than an opening. `full_text` is what the linked page says, where it was read: shown in place of `text`, while
    what has changed is told by what the feed says.
    """

    guid: str
    url: str
    title: str
    text: str
    language: str
    published: datetime | None
    made_up: bool = False
    stub: bool = False
    full_text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed holds. `truncated`: its end was missing, and only whole entries are here.

    `interval` is how often it asks to be read (`ttl`, `sy:updatePeriod`). `left_out` counts entries that could not be
    read.
    """

    title: str
    language: str | None
    entries: tuple[ParsedEntry, ...]
    warnings: tuple[str, ...] = ()
    truncated: bool = False
    interval: timedelta | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What the store knows of an article of a feed: enough to decide what an entry is to it."""

    guid: str
    digest: str
    url: str
    title: str
    published: datetime | None
    listed: bool = True
    """Whether the feed had it the last time that it was read whole."""


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """How a feed has been doing, for what to do with it next. Times are aware, in UTC.

    `location` is where it is now fetched from (None: where its spec says); `moving_to` and `moves_seen` count
    agreeing permanent redirects; `retired`: its server said that it is gone for good. `failures` are those since the
    last success. `rhythm` is the usual time between two new articles, None until three have come; `interval` how often
    the feed itself asks to be read. `language` is what its items were found to be in. `emptied_since` is when a feed
    that had articles first came with none, None while it has some.
    """

    location: str | None = None
    moving_to: str | None = None
    moves_seen: int = 0
    retired: bool = False
    failures: int = 0
    last_fetched: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    rhythm: timedelta | None = None
    next_due: datetime | None = None
    language: str | None = None
    interval: timedelta | None = None
    emptied_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the store knows of a feed before it is fetched: validators, its articles by guid, its standing, and how
    many articles there are (`known` is left empty where only they are asked for)."""

    etag: str | None = None
    modified: str | None = None
    known: Mapping[str, KnownArticle] = field(default_factory=dict)
    standing: FeedStanding = FeedStanding()
    articles: int = 0

    @property
    def digests(self) -> dict[str, str]:
        """guid → digest of its articles."""
        return {guid: known.digest for guid, known in self.known.items()}


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as stored. `id` has 16 hex digits; the times are aware, in UTC.

    `story` is shared by articles that tell the same story (its own id where it is alone); `tags` are ids of subjects
    and districts; `revisions` how often its content has changed since it came in; `corrected` when it was last noticed
    that its publisher had put something right, and said so.
    """

    id: str
    feed_url: str
    feed_title: str
    guid: str
    url: str
    title: str
    text: str
    language: str
    published: datetime | None
    first_seen: datetime
    updated: datetime
    sample: bool
    story: str = ""
    tags: tuple[str, ...] = ()
    revisions: int = 0
    corrected: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article said before it changed. `seen` is when the change was noticed; `diff` lines as in a unified
    diff from this revision to the next; `correction`: what came next says that it puts something right."""

    article_id: str
    number: int
    seen: datetime
    title: str
    text: str
    diff: tuple[str, ...] = ()
    correction: bool = False


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed has been doing, for editors. `language` is what the list of feeds said when it was last asked, None
    where it says nothing; `last_error` is None after a fetch that went well."""

    url: str
    title: str
    language: str | None
    last_fetched: datetime | None
    last_error: str | None
    articles: int
    standing: FeedStanding = FeedStanding()
