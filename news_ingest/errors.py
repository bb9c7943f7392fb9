"""Everything that can go wrong while news comes in, as one tree.

    IngestError
    ├── FeedError            one feed; the other feeds go on
    │   ├── FeedAddressInvalid   neither http, https nor a file
    │   ├── FeedUnreachable      no network, no such host, too slow, refused, a server's fault
    │   ├── FeedNotFound         no such file, or the server says 404 or 410
    │   ├── FeedIsDirectory      a folder stands where a file should
    │   ├── FeedTooLarge         more bytes than a feed may have, packed or unpacked
    │   └── FeedNotAFeed         a web page, nothing at all, or something that is no feed
    ├── OpmlError            the list of feeds can't be read
    └── StoreError           the database can't be opened, read or written

Each message says what is wrong, where, and what to do next.
"""

from typing import ClassVar, Literal

ErrorKind = Literal[
    "address_invalid", "unreachable", "not_found", "is_directory", "too_large", "not_a_feed", "opml", "store"
]


class IngestError(Exception):
    """The root. `kind` is the error's name for machines; `where` the feed, file or database it is about."""

    kind: ClassVar[ErrorKind]

    def __init__(self, where: str, problem: str, advice: str) -> None:
        super().__init__(f"{where}: {problem}. {advice}")
        self.where = where
        self.problem = problem
        self.advice = advice


class FeedError(IngestError):
    """One feed could not be taken in."""


class FeedAddressInvalid(FeedError):
    """The address is neither http(s) nor a file."""

    kind = "address_invalid"


class FeedUnreachable(FeedError):
    """The network or the server did not give the feed. `status` is the HTTP status, where one came."""

    kind = "unreachable"

    def __init__(self, where: str, problem: str, advice: str, *, status: int | None = None) -> None:
        super().__init__(where, problem, advice)
        self.status = status


class FeedNotFound(FeedError):
    """There is nothing at that address."""

    kind = "not_found"


class FeedIsDirectory(FeedError):
    """The path leads to a folder."""

    kind = "is_directory"


class FeedTooLarge(FeedError):
    """The feed has more bytes than allowed."""

    kind = "too_large"


class FeedNotAFeed(FeedError):
    """What came is no RSS, RDF or Atom."""

    kind = "not_a_feed"


class OpmlError(IngestError):
    """The list of feeds can't be read. `line` counts from 1, where it is known."""

    kind = "opml"

    def __init__(self, where: str, problem: str, advice: str, *, line: int | None = None) -> None:
        super().__init__(f"{where}, line {line}" if line is not None else where, problem, advice)
        self.line = line


class StoreError(IngestError):
    """The database can't be opened, read or written."""

    kind = "store"
