"""Everything that can go wrong while news comes in, as one tree.

    IngestError
    ├── FeedError            one feed; the other feeds go on
    │   ├── FeedAddressInvalid   neither http, https nor a file
    │   ├── FeedUnreachable      no network, no such host, too slow, refused, a server's fault
    │   ├── FeedForbidden        the address leads into a private network
    │   ├── FeedNotFound         no such file, or the server says 404
    │   │   └── FeedGone             the server says 410: gone for good
    │   ├── FeedIsDirectory      a folder stands where a file should
    │   ├── FeedTooLarge         more bytes than a feed may have, packed or unpacked
    │   ├── FeedNotAFeed         a web page, nothing at all, or something that is no feed
    │   └── FeedUnreadable       reading it took too long, or more memory than there is
    ├── OpmlError            the list of feeds can't be read
    └── StoreError           the database can't be opened, read or written

Each message says what is wrong, where, and what to do next.
"""

from datetime import timedelta
from typing import ClassVar, Literal

from news_ingest.links import masked

ErrorKind = Literal[
    "address_invalid",
    "unreachable",
    "forbidden",
    "not_found",
    "gone",
    "is_directory",
    "too_large",
    "not_a_feed",
    "unreadable",
    "opml",
    "store",
    "publish",
    "districts",
]


class IngestError(Exception):
    """The root. `kind` is the error's name for machines; `where` the feed, file or database it is about.

    Passwords in addresses are hidden: messages go to screens, logs and the database.
    """

    kind: ClassVar[ErrorKind]

    def __init__(self, where: str, problem: str, advice: str) -> None:
        self.where, self.problem, self.advice = masked(where), masked(problem), masked(advice)
        super().__init__(f"{self.where}: {self.problem}. {self.advice}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled with all it holds: feeds are read in processes of their own, and their errors come back."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[IngestError], args: tuple[object, ...], held: dict[str, object]) -> IngestError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(held)
    return error


class FeedError(IngestError):
    """One feed could not be taken in."""


class FeedAddressInvalid(FeedError):
    """The address is neither http(s) nor a file."""

    kind = "address_invalid"


class FeedUnreachable(FeedError):
    """The network or the server did not give the feed. `status` is the HTTP status, where one came; `retry_after` how
    long the server asks to be left alone."""

    kind = "unreachable"

    def __init__(
        self,
        where: str,
        problem: str,
        advice: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(where, problem, advice)
        self.status = status
        self.retry_after = retry_after


class FeedForbidden(FeedError):
    """The address leads to a machine that feeds are not read from: this one, or one of a private network."""

    kind = "forbidden"


class FeedNotFound(FeedError):
    """There is nothing at that address."""

    kind: ClassVar[ErrorKind] = "not_found"


class FeedGone(FeedNotFound):
    """The server says that the feed will not come back."""

    kind = "gone"


class FeedIsDirectory(FeedError):
    """The path leads to a folder."""

    kind = "is_directory"


class FeedTooLarge(FeedError):
    """The feed has more bytes than allowed."""

    kind = "too_large"


class FeedNotAFeed(FeedError):
    """What came is no RSS, RDF, Atom or JSON that holds a feed."""

    kind = "not_a_feed"


class FeedUnreadable(FeedError):
    """Reading what came took too long, or more memory than there is."""

    kind = "unreadable"


class OpmlError(IngestError):
    """The list of feeds can't be read. `line` counts from 1, where it is known."""

    kind = "opml"

    def __init__(self, where: str, problem: str, advice: str, *, line: int | None = None) -> None:
        super().__init__(f"{where}, line {line}" if line is not None else where, problem, advice)
        self.line = line


class StoreError(IngestError):
    """The database can't be opened, read or written."""

    kind = "store"
