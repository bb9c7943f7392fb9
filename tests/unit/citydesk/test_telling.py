"""What came of each feed, in words: lines of progress, and cells of a table."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citydesk.telling import in_short, outcome
from news_ingest.results import FeedResult
from news_ingest.values import FeedSpec

URL = "https://news.example/rss"
NOW = datetime(2018, 4, 5, 14, tzinfo=UTC)
LISTED, NAMED = FeedSpec(URL, URL, "City news"), FeedSpec(URL, URL)
SLOW = FeedResult(
    LISTED,
    "failed",
    error=f"{URL}: the server took too long to answer. Wait; if it stays so for days, ask",
    error_kind="unreachable",
    problem="the server took too long to answer",
)
PAGE = replace(
    SLOW,
    error=f"{URL}: this is a web page, not a feed. Look for its RSS link",
    error_kind="not_a_feed",
    problem="this is a web page, not a feed",
)
WAITING = FeedResult(LISTED, "waiting", until=NOW.replace(minute=5))


@pytest.mark.parametrize(
    ("result", "line", "cell"),
    [
        (
            FeedResult(LISTED, "taken", new=1, changed=2, unchanged=3),
            "City news: 1 new, 2 changed, 3 unchanged",
            "read",
        ),
        (
            FeedResult(LISTED, "taken", gone=4),
            "City news: 0 new, 0 changed, 0 unchanged, 4 no longer listed",
            "read",
        ),
        (FeedResult(LISTED, "not_modified"), "City news: nothing new", "nothing new"),
        (
            FeedResult(NAMED, "retired"),
            f"{URL}: gone for good, as its server said; --retry asks all the same",
            "gone for good",
        ),
        (
            WAITING,
            "City news: left alone until 14:05 UTC after a failure; --retry asks at once",
            "left alone until 14:05 UTC",
        ),
        (
            replace(WAITING, until=NOW.replace(day=6)),
            "City news: left alone until 2018-04-06 14:00 UTC after a failure; --retry asks at once",
            "left alone until 2018-04-06 14:00 UTC",
        ),
        # Of the list: why, in a few words. Named at the command line, or wrong in itself: all of it, nothing twice.
        (SLOW, "City news: the server took too long to answer", "failed: the server took too long to answer"),
        (replace(SLOW, spec=NAMED), SLOW.error, "failed: the server took too long to answer"),
        (PAGE, f"City news: {PAGE.error}", "failed: this is a web page, not a feed"),
        (replace(PAGE, spec=NAMED), PAGE.error, "failed: this is a web page, not a feed"),
    ],
)
def test_words(result: FeedResult, line: str, cell: str) -> None:
    assert (line, cell) == (outcome(result, NOW), in_short(result, NOW))


def test_a_long_reason_is_cut_in_a_table() -> None:
    cell = in_short(replace(SLOW, problem="no connection, " * 10), NOW)
    assert len("failed: ") + 60 >= len(cell)
    assert cell.startswith("failed: no connection, no connection") and cell.endswith("…")
