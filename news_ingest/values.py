"""The values that pass between the rooms: feed to fetch, bytes fetched, entries parsed, articles stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed that an editor wants read.

    `url` is its lasting name, as written in the list of feeds (article ids hang on it, to be the same on
    every machine); `location` is where to fetch it: an http(s) address or an absolute path.
    """

    url: str
    location: str
    title: str = ""
    language: str | None = None
    category: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A feed's bytes, unpacked. `whole` is false when the connection broke before the end."""

    url: str
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing has changed since the last time."""

    url: str


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One item of a feed as plain text. `published` is aware, in UTC. `url` may be empty."""

    guid: str
    url: str
    title: str
    text: str
    language: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed holds. `truncated`: its end was missing, and only whole entries are here."""

    title: str
    language: str | None
    entries: tuple[ParsedEntry, ...]
    warnings: tuple[str, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the store knows of a feed before it is fetched: validators, and guid → digest of its articles."""

    etag: str | None = None
    modified: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as stored. `id` has 16 hex digits; the times are aware, in UTC."""

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


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed has been doing, for editors. `last_error` is None after a fetch that went well."""

    url: str
    title: str
    language: str | None
    last_fetched: datetime | None
    last_error: str | None
    articles: int
