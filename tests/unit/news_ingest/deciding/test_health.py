"""Health: what an editor is told about a feed, since when it is so, and what to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.health import worries
from news_ingest.values import FeedHealth, FeedStanding

NOW = datetime(2018, 4, 30, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://city.example/rss"

WELL = FeedStanding(
    last_fetched=NOW - HOUR,
    last_success=NOW - HOUR,
    last_new=NOW - DAY,
    rhythm=DAY,
    next_due=NOW + HOUR,
    language="zh-Hant",
)
NEVER = FeedStanding()


def health(standing: FeedStanding, error: str | None = None, language: str | None = "zh-Hant") -> FeedHealth:
    """A feed of the city with this standing."""
    return FeedHealth(URL, "City news", language, standing.last_fetched, error, 20, standing)


def silent(rhythm: timedelta | None, ago: timedelta) -> FeedStanding:
    """Nothing new for so long."""
    return replace(WELL, rhythm=rhythm, last_new=NOW - ago)


def failing(failures: int, ago: timedelta | None) -> FeedStanding:
    """So many failures, the last success so long ago."""
    return replace(WELL, failures=failures, last_success=None if ago is None else NOW - ago)


LOCATION = "https://news.city.example/rss"


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (WELL, ""),
        (NEVER, "never_fetched"),
        (replace(NEVER, next_due=NOW), "never_fetched"),
        (replace(WELL, retired=True), "retired"),
        (replace(WELL, retired=True, failures=9, last_new=NOW - 99 * DAY, location=LOCATION), "retired"),
        # Failing: three times, or for a day, or ever since.
        (failing(1, HOUR), ""),
        (failing(2, 23 * HOUR), ""),
        (failing(3, HOUR), "failing"),
        (failing(1, DAY), "failing"),
        (failing(1, None), "failing"),
        (failing(40, 30 * DAY), "failing"),
        (failing(0, 30 * DAY), ""),
        (failing(1, -DAY), ""),
        # Silent: three rhythms, and three days.
        (silent(DAY, 3 * DAY), ""),
        (silent(DAY, 3 * DAY + MINUTE), "silent"),
        (silent(HOUR, 2 * DAY), ""),
        (silent(HOUR, 3 * DAY), ""),
        (silent(HOUR, 4 * DAY), "silent"),
        (silent(7 * DAY, 20 * DAY), ""),
        (silent(7 * DAY, 22 * DAY), "silent"),
        (silent(None, 400 * DAY), ""),
        (silent(DAY, -DAY), ""),
        (replace(WELL, last_new=None), ""),
        (replace(silent(DAY, 9 * DAY), failures=3), "failing"),
        # Moved.
        (replace(WELL, location=URL), ""),
        (replace(WELL, location=LOCATION), "moved"),
        (replace(WELL, moving_to=LOCATION, moves_seen=1), ""),
        (replace(silent(DAY, 9 * DAY), location=LOCATION), "silent moved"),
        (replace(WELL, location=LOCATION, failures=3), "failing moved"),
        # Language.
        (replace(WELL, language="en"), "language"),
        (replace(WELL, language="zh-Hans"), "language"),
        (replace(WELL, language=None), ""),
        (replace(silent(DAY, 9 * DAY), language="en"), "silent language"),
    ],
)
def test_kinds(standing: FeedStanding, expected: str) -> None:
    """What is worth telling, the worst first; while fetching fails, silence needs no other cause."""
    assert expected == " ".join(worry.kind for worry in worries(health(standing), NOW))


def test_no_known_language_is_no_change() -> None:
    """Where nobody has said what language a feed is in, any will do."""
    assert () == worries(health(WELL, language=None), NOW)


def test_emptied() -> None:
    """An emptied feed is told as such, not as silent."""
    for standing, expected in ((silent(DAY, 9 * DAY), "emptied"), (failing(3, DAY), "failing")):
        emptied = replace(standing, emptied_since=NOW - DAY)
        assert [expected] == [one.kind for one in worries(health(emptied), NOW)]


@pytest.mark.parametrize(
    ("standing", "error", "since", "text"),
    [
        (
            NEVER,
            None,
            None,
            "It has never been fetched. Run `citydesk ingest`, or wait for the next round of "
            "`citydesk ingest --watch`.",
        ),
        (
            replace(WELL, retired=True),
            None,
            NOW - HOUR,
            "Its server said on 2018-04-30 that it is gone for good, so it is not asked any more; its articles stay. "
            "Look for a new feed on the publisher's site, or remove this one from the list.",
        ),
        (
            failing(7, 2 * DAY),
            "https://city.example/rss: the server answered 502",
            NOW - 2 * DAY,
            "Fetching it has failed 7 times in a row; it last worked on 2018-04-28 12:00 UTC. The last error was: "
            "https://city.example/rss: the server answered 502. It is tried again on 2018-04-30 13:00 UTC.",
        ),
        (
            replace(failing(1, None), next_due=None),
            None,
            None,
            "Fetching it has failed once; it has never worked so far. It is tried again. "
            "Check its address in a browser; if it is right, ask the publisher.",
        ),
        (
            silent(2 * DAY, 9 * DAY),
            None,
            NOW - 9 * DAY,
            "Nothing new has come since 2018-04-21, though there usually is something every 2 days. "
            "See whether the publisher's site has newer items; if so, look for the feed that carries them.",
        ),
        (
            replace(WELL, location=LOCATION),
            None,
            None,
            f"Its server has said that it moved for good, and it is fetched from {LOCATION} (last on "
            "2018-04-30 11:00 UTC). Make sure that the new address is the same publisher's.",
        ),
        (
            replace(WELL, language="en"),
            None,
            None,
            "Most of its items were in en when it was last read on 2018-04-30 11:00 UTC, but it is listed as zh-Hant. "
            "Read some; if the publisher has changed its language, put that right in the list of feeds, or look for "
            "its feed in the old one.",
        ),
    ],
)
def test_sentences(standing: FeedStanding, error: str | None, since: datetime | None, text: str) -> None:
    """Each says since when, and what to do."""
    (worry,) = worries(health(standing, error), NOW)
    assert (since, text) == (worry.since, worry.text)


def test_sentence_of_an_emptied_feed() -> None:
    """What came earlier is not lost, and that is said."""
    (worry,) = worries(health(replace(WELL, emptied_since=NOW - DAY)), NOW)
    expected = (
        "It has come without a single item since 2018-04-29 12:00 UTC, though it had some before; what came earlier "
        "stays. Open its address in a browser, and tell the publisher if it is empty there, too."
    )
    assert (NOW - DAY, expected) == (worry.since, worry.text)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (timedelta(0), "every minute."),
        (MINUTE, "every minute."),
        (90 * MINUTE, "every 90 minutes."),
        (2 * HOUR, "every 2 hours."),
        (DAY, "every 24 hours."),
        (36 * HOUR, "every 36 hours."),
        (2 * DAY, "every 2 days."),
        (7.4 * DAY, "every 7 days."),
    ],
)
def test_rhythms_in_words(rhythm: timedelta, expected: str) -> None:
    """In a unit that one can picture."""
    (worry,) = worries(health(silent(rhythm, 99 * DAY)), NOW)
    assert expected in worry.text


def test_errors_that_no_failure_was_counted_for() -> None:
    """A message that is there counts as one failure."""
    assert ["failing"] == [one.kind for one in worries(health(failing(0, 2 * DAY), "No such host."), NOW)]
    assert "The last error was: No such host. It" in worries(health(failing(0, None), "No\nsuch host."), NOW)[0].text


def test_times_are_told_in_utc() -> None:
    """Whatever zone they were noted in."""
    taipei = timezone(timedelta(hours=8))
    (worry,) = worries(health(replace(WELL, failures=3, last_success=datetime(2018, 4, 30, 2, tzinfo=taipei))), NOW)
    assert "it last worked on 2018-04-29 18:00 UTC" in worry.text


_MOMENTS = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(
    st.builds(
        FeedStanding,
        location=st.sampled_from([None, URL, LOCATION]),
        retired=st.booleans(),
        failures=st.integers(0, 100),
        last_fetched=_MOMENTS,
        last_success=_MOMENTS,
        last_new=_MOMENTS,
        rhythm=st.none() | st.timedeltas(timedelta(0), timedelta(days=999)),
        next_due=_MOMENTS,
        language=st.sampled_from([None, "en", "zh-Hant"]),
        emptied_since=_MOMENTS,
    ),
    st.sampled_from([None, "", "No such host"]),
)
def test_any_health(standing: FeedStanding, error: str | None) -> None:
    """Whatever was noted: whole sentences, one worry of a kind, and none about what can't be known."""
    found = worries(health(standing, error), NOW)
    assert all(worry.text.endswith(".") and "None" not in worry.text for worry in found)
    assert len({worry.kind for worry in found}) == len(found)
    if standing.last_fetched is None:
        assert ["never_fetched"] == [worry.kind for worry in found]
