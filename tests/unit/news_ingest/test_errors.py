"""The error tree: one root, each with a kind of its own, each saying what, where and what next."""

import pytest

from news_ingest import errors
from news_ingest.errors import FeedError, IngestError, OpmlError

LEAVES: list[type[IngestError]] = [
    errors.FeedAddressInvalid,
    errors.FeedUnreachable,
    errors.FeedNotFound,
    errors.FeedIsDirectory,
    errors.FeedTooLarge,
    errors.FeedNotAFeed,
    errors.OpmlError,
    errors.StoreError,
]


@pytest.mark.parametrize("leaf", LEAVES)
def test_message_has_three_parts(leaf: type[IngestError]) -> None:
    """Where, what, what next."""
    assert "there: this is wrong. Do that" == str(leaf("there", "this is wrong", "Do that"))
    assert leaf.__name__ in (errors.__doc__ or "")


def test_kinds_differ() -> None:
    """Machines can tell the errors apart."""
    assert len(LEAVES) == len({leaf.kind for leaf in LEAVES})
    assert 6 == sum(issubclass(leaf, FeedError) for leaf in LEAVES)


def test_line_is_named() -> None:
    """Where one is known."""
    assert "f.opml, line 3: bad. Mend it" == str(OpmlError("f.opml", "bad", "Mend it", line=3))


def test_passwords_are_hidden() -> None:
    """In every part of a message."""
    address = "https://user:secret@city.example/rss"
    error = errors.FeedUnreachable(address, f"{address} does not answer", f"Look at {address}")
    assert [False] * 4 == ["secret" in text for text in (str(error), error.where, error.problem, error.advice)]
    assert str(error).startswith("https://user:***@city.example/rss: https://user:***@")
