"""Times of polls: polite, bounded, spread, and never stalled by a clock that was wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.schedule import LONGEST, LONGEST_RETRY_AFTER, SHORTEST, Outcome, OutcomeKind, due_at, next_due
from news_ingest.values import FeedStanding

NOW = datetime(2018, 4, 3, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("fresh_for", "interval", "rhythm", "expected"),
    [
        # Nothing is known.
        (None, None, None, HOUR),
        # The server or the feed says.
        (30 * MINUTE, None, None, 30 * MINUTE),
        (None, 30 * MINUTE, None, 30 * MINUTE),
        (30 * MINUTE, 2 * HOUR, None, 2 * HOUR),
        (2 * HOUR, 30 * MINUTE, None, 2 * HOUR),
        (timedelta(0), None, None, SHORTEST),
        (-HOUR, None, None, SHORTEST),
        (MINUTE, MINUTE, None, SHORTEST),
        (365 * DAY, None, None, LONGEST),
        (None, 7 * DAY, None, LONGEST),
        (timedelta.max, timedelta.max, timedelta.max, LONGEST),
        # The rhythm: four polls in it.
        (None, None, SECOND, SHORTEST),
        (None, None, 20 * MINUTE, SHORTEST),
        (None, None, 2 * HOUR, 30 * MINUTE),
        (None, None, DAY, 6 * HOUR),
        (None, None, 90 * DAY, 6 * HOUR),
        # Never before what was asked for, nor more often than it is worth.
        (10 * MINUTE, 10 * MINUTE, DAY, 6 * HOUR),
        (8 * HOUR, None, DAY, 8 * HOUR),
        (None, 12 * HOUR, HOUR, 12 * HOUR),
        (timedelta(0), None, 4 * HOUR, HOUR),
    ],
)
def test_after_success(
    fresh_for: timedelta | None, interval: timedelta | None, rhythm: timedelta | None, expected: timedelta
) -> None:
    """What was asked for is a floor, the rhythm tells what is worth while, and all is between 5 minutes and a day."""
    for kind in ("taken", "not_modified"):
        standing = FeedStanding(rhythm=rhythm, interval=interval)
        assert NOW + expected == next_due(NOW, standing, Outcome(kind, fresh_for=fresh_for), 0.0)


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        (0, 5 * MINUTE),
        (1, 5 * MINUTE),
        (2, 10 * MINUTE),
        (3, 20 * MINUTE),
        (4, 40 * MINUTE),
        (5, 80 * MINUTE),
        (6, 160 * MINUTE),
        (7, 320 * MINUTE),
        (8, 640 * MINUTE),
        (9, 1280 * MINUTE),
        (10, DAY),
        (11, DAY),
        (10_000, DAY),
    ],
)
def test_back_off(failures: int, expected: timedelta) -> None:
    """Twice as long after each failure, up to a day; what the rhythm says does not matter then."""
    for kind in ("failed", "forbidden"):
        standing = FeedStanding(failures=failures, rhythm=MINUTE)
        assert NOW + expected == next_due(NOW, standing, Outcome(kind), 0.0)
        assert NOW + min(expected * 1.5, DAY) == next_due(NOW, standing, Outcome(kind), 1.0)


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [
        (timedelta(0), SHORTEST),
        (-DAY, SHORTEST),
        (SECOND, SHORTEST),
        (SHORTEST, SHORTEST),
        (301 * SECOND, 301 * SECOND),
        (HOUR, HOUR),
        (30 * HOUR, 30 * HOUR),
        (7 * DAY, 7 * DAY),
        (8 * DAY, 7 * DAY),
        (timedelta.max, 7 * DAY),
    ],
)
@pytest.mark.parametrize("failures", [1, 9])
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_retry_after(retry_after: timedelta, expected: timedelta, failures: int, chance: float) -> None:
    """To the second, neither longer for earlier failures nor spread; a week at most, and no hammering."""
    outcome = Outcome("failed", retry_after=retry_after)
    assert NOW + expected == next_due(NOW, FeedStanding(failures=failures), outcome, chance)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (FeedStanding(), NOW),
        (FeedStanding(next_due=NOW), NOW),
        (FeedStanding(next_due=NOW - DAY), NOW),
        (FeedStanding(next_due=NOW - 400 * DAY, last_fetched=NOW - 401 * DAY), NOW),
        (FeedStanding(next_due=NOW + HOUR), NOW + HOUR),
        (FeedStanding(next_due=NOW + HOUR, last_fetched=NOW - HOUR), NOW + HOUR),
        (FeedStanding(next_due=NOW + HOUR, last_fetched=NOW), NOW + HOUR),
        (FeedStanding(next_due=NOW + HOUR, last_fetched=NOW + 10 * SECOND), NOW + HOUR),
        (FeedStanding(next_due=NOW + 7 * DAY, last_fetched=NOW), NOW + 7 * DAY),
        # The clock was ahead when this was written.
        (FeedStanding(next_due=NOW + HOUR, last_fetched=NOW + 10 * MINUTE), NOW),
        (FeedStanding(next_due=NOW + 365 * DAY, last_fetched=NOW + 365 * DAY - HOUR), NOW),
        (FeedStanding(next_due=NOW + 8 * DAY), NOW),
        (FeedStanding(next_due=NOW + 8 * DAY, last_fetched=NOW - HOUR), NOW),
        # Gone for good.
        (FeedStanding(retired=True), None),
        (FeedStanding(retired=True, next_due=NOW - DAY), None),
        (FeedStanding(retired=True, next_due=NOW + DAY, last_fetched=NOW + DAY), None),
    ],
)
def test_due_at(standing: FeedStanding, expected: datetime | None) -> None:
    """What became due in downtime is due once, now; a clock that went back stalls nothing."""
    assert expected == due_at(standing, NOW)


_SPANS = st.none() | st.timedeltas()
_KINDS: st.SearchStrategy[OutcomeKind] = st.sampled_from(["taken", "not_modified", "failed", "gone", "forbidden"])
_OUTCOMES = st.builds(Outcome, kind=_KINDS, fresh_for=_SPANS, retry_after=_SPANS)
_CHANCES = st.floats(0, 1)


@given(_OUTCOMES, st.builds(FeedStanding, failures=st.integers(0, 10**6), rhythm=_SPANS, interval=_SPANS), _CHANCES)
def test_bounds(outcome: Outcome, standing: FeedStanding, chance: float) -> None:
    """Whatever servers and feeds say: no sooner than 5 minutes, no later than a day, or a week if told to wait."""
    wait = next_due(NOW, standing, outcome, chance) - NOW
    told_to_wait = not outcome.went_well and outcome.retry_after is not None
    assert SHORTEST <= wait <= (LONGEST_RETRY_AFTER if told_to_wait else LONGEST)


@given(_OUTCOMES, st.integers(0, 50), _CHANCES, _CHANCES)
def test_chance_only_delays(outcome: Outcome, failures: int, one: float, other: float) -> None:
    """More chance is never earlier, and none is the promise itself."""
    standing = FeedStanding(failures=failures)
    low, high = sorted((one, other))
    dues = [next_due(NOW, standing, outcome, chance) for chance in (0.0, low, high, 1.0)]
    assert sorted(dues) == dues


@given(st.datetimes(timezones=st.just(UTC)), _OUTCOMES, _CHANCES)
def test_no_clock_stalls_a_feed(wrong: datetime, outcome: Outcome, chance: float) -> None:
    """Whenever the clock thought that it was: a feed is due within a week and a minute."""
    if wrong > datetime(9990, 1, 1, tzinfo=UTC):
        wrong = datetime(9990, 1, 1, tzinfo=UTC)
    standing = FeedStanding(last_fetched=wrong, next_due=next_due(wrong, FeedStanding(), outcome, chance))
    due = due_at(standing, NOW)
    assert due is not None
    assert NOW <= due <= NOW + LONGEST_RETRY_AFTER + MINUTE
