"""What is said of a fetch that went wrong, where no server is needed to see it."""

from datetime import UTC, datetime, timedelta

import pytest

from news_ingest.errors import FeedUnreachable
from news_ingest.fetching.problems import bad_status

NOW = datetime(2018, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (1, "a second"),
        (45, "45 seconds"),
        (60, "a minute"),
        (90, "90 seconds"),
        (120, "2 minutes"),
        (121, "3 minutes"),
        (3600, "an hour"),
        (3601, "61 minutes"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (86_400, "a day"),
        (3 * 86_400, "3 days"),
    ],
)
def test_how_long_a_server_asks_to_be_left_alone(seconds: int, expected: str) -> None:
    """As people say it, and never less than was asked."""
    error = bad_status("a", 503, {"retry-after": str(seconds)}, NOW)
    assert f"Wait: the server asks to be left alone for {expected}" == error.advice
    assert isinstance(error, FeedUnreachable) and timedelta(seconds=seconds) == error.retry_after


def test_a_server_that_asks_for_nothing() -> None:
    for headers in ({}, {"retry-after": "0"}):
        assert "if it stays so for days" in bad_status("a", 503, headers, NOW).advice
