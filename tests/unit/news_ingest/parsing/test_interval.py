"""How often a feed asks to be read, from what it writes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.parsing.interval import LONGEST, SHORTEST, asked_interval
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import Retrieved


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "minutes"),
    [
        (None, None, None, None),
        ("60", None, None, 60),
        (" 60 ", None, None, 60),
        ("0", None, None, None),
        ("-5", None, None, None),
        ("soon", None, None, None),
        ("1", None, None, 5),
        ("999999", None, None, 7 * 24 * 60),
        ("9" * 5_000, None, None, None),
        (None, "hourly", None, 60),
        (None, "Hourly", "2", 30),
        (None, "daily", "0", 24 * 60),
        (None, "hourly", "99", 5),
        (None, "weekly", "1", 7 * 24 * 60),
        (None, "monthly", "1", 7 * 24 * 60),
        (None, "fortnightly", "1", None),
        (None, None, "4", None),
        ("30", "hourly", "1", 60),
        ("90", "hourly", "1", 90),
    ],
)
def test_what_is_asked(ttl: str | None, period: str | None, frequency: str | None, minutes: int | None) -> None:
    """Minutes, or None where nothing sensible is asked."""
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert expected == asked_interval(ttl, period, frequency)


@given(st.text(), st.sampled_from(["hourly", "daily", "yearly", "x"]), st.text())
def test_whatever_is_written_stays_within_limits(ttl: str, period: str, frequency: str) -> None:
    """Neither a flood of requests nor silence for months."""
    asked = asked_interval(ttl, period, frequency)
    assert asked is None or SHORTEST <= asked <= LONGEST


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="2.0" xmlns:s="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>'
        "<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>2</s:updateFrequency></channel></rss>",
        '<rss version="2.0"><channel><title>T</title><ttl>30</ttl></channel></rss>',
    ],
)
def test_it_is_read_from_the_feed(feed: str) -> None:
    """Also where the namespace has another prefix than usual."""
    assert timedelta(minutes=30) == parse_feed(Retrieved("https://city.example/feed", feed.encode())).interval
