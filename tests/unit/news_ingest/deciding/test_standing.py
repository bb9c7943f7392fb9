"""The standing of a feed: counted failures, moves that are believed, rhythms, and what 410 does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.schedule import Outcome, OutcomeKind
from news_ingest.deciding.standing import after
from news_ingest.values import FeedStanding

NOW = datetime(2018, 4, 3, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A, B, C = "https://a.example/rss", "https://b.example/rss", "https://c.example/rss"


def run(standing: FeedStanding, outcomes: Sequence[Outcome]) -> FeedStanding:
    """The standing after these, an hour apart, the last one `NOW`."""
    for number, outcome in enumerate(outcomes, start=1):
        standing = after(standing, outcome, NOW - HOUR * (len(outcomes) - number), 0.0)
    return standing


BEFORE = FeedStanding(failures=3, last_fetched=NOW - DAY, last_success=NOW - 5 * DAY, last_new=NOW - 9 * DAY)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("taken", FeedStanding(None, None, 0, False, 0, NOW, NOW, NOW - 9 * DAY, None, NOW + HOUR)),
        ("not_modified", FeedStanding(None, None, 0, False, 0, NOW, NOW, NOW - 9 * DAY, None, NOW + HOUR)),
        ("failed", replace(BEFORE, failures=4, last_fetched=NOW, next_due=NOW + 40 * MINUTE)),
        ("forbidden", replace(BEFORE, failures=4, last_fetched=NOW, next_due=NOW + 40 * MINUTE)),
        ("gone", replace(BEFORE, failures=4, last_fetched=NOW, retired=True, next_due=None)),
    ],
)
def test_kinds(kind: OutcomeKind, expected: FeedStanding) -> None:
    """What each outcome does to a feed that had failed three times; only `gone` retires it."""
    assert expected == after(BEFORE, Outcome(kind), NOW, 0.0)


@pytest.mark.parametrize(
    ("location", "moves", "expected"),
    [
        (None, [None], (None, None, 0)),
        (None, [B], (None, B, 1)),
        (None, [B, B], (B, None, 0)),
        (None, [B, C], (None, C, 1)),
        (None, [B, C, B], (None, B, 1)),
        (None, [B, C, C], (C, None, 0)),
        (None, [B, None], (None, None, 0)),
        (None, [B, None, B], (None, B, 1)),
        (None, [B, "failed", B], (B, None, 0)),
        (None, ["failed", B, "failed"], (None, B, 1)),
        (B, [None], (B, None, 0)),
        (B, [A], (B, A, 1)),
        (B, [A, A], (A, None, 0)),
        (B, [A, None, A], (B, A, 1)),
        (B, [B], (B, None, 0)),
        (B, [B, B], (B, None, 0)),
        (B, [A, B, A], (B, A, 1)),
        (B, [A, A, B, B], (B, None, 0)),
        (None, [B, B, C, C], (C, None, 0)),
    ],
)
def test_moves(location: str | None, moves: list[str | None], expected: tuple[str | None, str | None, int]) -> None:
    """Two answers in a row that agree move a feed, back as well as forth; a third address starts over."""
    outcomes = [Outcome("failed") if move == "failed" else Outcome("not_modified", moved_to=move) for move in moves]
    standing = run(FeedStanding(location=location), outcomes)
    assert expected == (standing.location, standing.moving_to, standing.moves_seen)


@pytest.mark.parametrize("kind", ["failed", "gone", "forbidden"])
def test_failures_move_nothing(kind: OutcomeKind) -> None:
    """Where an answer that went wrong leads is not believed."""
    standing = run(FeedStanding(), [Outcome(kind, moved_to=B)] * 3)
    assert (None, None, 0) == (standing.location, standing.moving_to, standing.moves_seen)


def test_retirement() -> None:
    """A retired feed has no next poll, whatever else goes wrong; an answer that goes well brings it back."""
    retired = run(FeedStanding(), [Outcome("taken"), Outcome("gone")])
    assert (True, None) == (retired.retired, retired.next_due)
    still = run(retired, [Outcome("failed", retry_after=HOUR)])
    assert (True, None, 2) == (still.retired, still.next_due, still.failures)
    back = run(still, [Outcome("taken")])
    assert (False, NOW + HOUR, 0) == (back.retired, back.next_due, back.failures)


@pytest.mark.parametrize("kind", ["taken", "not_modified", "failed", "forbidden"])
def test_only_gone_retires(kind: OutcomeKind) -> None:
    """A hundred failures are not the end of a feed."""
    assert not run(FeedStanding(), [Outcome(kind)] * 100).retired


def days(*ago: float) -> tuple[datetime, ...]:
    """Dates that many days before `NOW`."""
    return tuple(NOW - day * DAY for day in ago)


@pytest.mark.parametrize(
    ("last_new", "rhythm", "outcome", "expected"),
    [
        # The dates of the feed: three different ones at least, their order and what lies ahead don't matter.
        (None, None, Outcome("taken", 3, 3, days(0, 1, 3)), 1.5 * DAY),
        (None, None, Outcome("taken", 4, 4, days(9, 0, 2, 1)), DAY),
        (None, None, Outcome("taken", 4, 4, days(0, 2, 4, -30)), 2 * DAY),
        (None, None, Outcome("taken", 4, 4, days(0, 0, 0, 5)), None),
        (None, None, Outcome("taken", 2, 2, days(0, 1)), None),
        (NOW - 9 * DAY, 5 * DAY, Outcome("taken", 1, 30, days(0, 1, 2, 3)), DAY),
        # No dates: a mean over the gaps seen, once three articles are there.
        (None, None, Outcome("taken", 1, 1), None),
        (None, None, Outcome("taken", 9, 9), None),
        (NOW - DAY, None, Outcome("taken", 1, 2), None),
        (NOW - DAY, None, Outcome("taken", 1, 3), DAY),
        (NOW - DAY, None, Outcome("taken", 2, 3), 0.5 * DAY),
        (NOW - 5 * DAY, DAY, Outcome("taken", 1, 9), 2 * DAY),
        (NOW - DAY, 5 * DAY, Outcome("taken", 1, 9), 4 * DAY),
        (NOW - 2 * DAY, 2 * DAY, Outcome("taken", 1, 9), 2 * DAY),
        # Nothing new, or a clock that went back, teaches nothing.
        (NOW - 9 * DAY, DAY, Outcome("taken", 0, 9, days(9, 18, 27)), DAY),
        (NOW - 9 * DAY, DAY, Outcome("not_modified"), DAY),
        (NOW - 9 * DAY, DAY, Outcome("failed"), DAY),
        (NOW + DAY, DAY, Outcome("taken", 1, 9), DAY),
        (NOW, DAY, Outcome("taken", 1, 9), DAY),
    ],
)
def test_rhythm(
    last_new: datetime | None, rhythm: timedelta | None, outcome: Outcome, expected: timedelta | None
) -> None:
    """The usual time between two articles, None until three have come."""
    standing = after(FeedStanding(last_new=last_new, rhythm=rhythm), outcome, NOW, 0.0)
    assert expected == standing.rhythm


@pytest.mark.parametrize(
    ("last_new", "outcome", "expected"),
    [
        (None, Outcome("taken", 1, 1), NOW),
        (None, Outcome("taken", 2, 2, days(30, 20)), NOW - 20 * DAY),
        (None, Outcome("taken", 2, 2, days(30, -20)), NOW - 30 * DAY),
        (None, Outcome("taken", 1, 1, days(-20)), NOW),
        (None, Outcome("taken"), None),
        (None, Outcome("not_modified"), None),
        (NOW - DAY, Outcome("taken", 1, 2, days(30, 20)), NOW),
        (NOW - DAY, Outcome("taken", 0, 2, days(30, 20)), NOW - DAY),
        (NOW - DAY, Outcome("not_modified"), NOW - DAY),
        (NOW - DAY, Outcome("failed"), NOW - DAY),
        (NOW + DAY, Outcome("not_modified"), NOW),
    ],
)
def test_last_new(last_new: datetime | None, outcome: Outcome, expected: datetime | None) -> None:
    """When something new came; of a feed's first items, the newest may be old. Never in the future."""
    assert expected == after(FeedStanding(last_new=last_new), outcome, NOW, 0.0).last_new


@pytest.mark.parametrize(
    ("before", "seen", "expected"),
    [(None, "pl", "pl"), ("pl", "en", "en"), ("pl", None, "pl"), ("pl", "und", "pl"), (None, "und", None)],
)
def test_language(before: str | None, seen: str | None, expected: str | None) -> None:
    """What its items were last in, where that could be told."""
    assert expected == after(FeedStanding(language=before), Outcome("taken", language=seen), NOW, 0.0).language


@pytest.mark.parametrize(
    ("before", "outcome", "expected"),
    [
        (None, Outcome("taken", interval=2 * HOUR), 2 * HOUR),
        (2 * HOUR, Outcome("taken", interval=3 * HOUR), 3 * HOUR),
        (2 * HOUR, Outcome("taken"), None),
        (2 * HOUR, Outcome("not_modified"), 2 * HOUR),
        (2 * HOUR, Outcome("failed"), 2 * HOUR),
    ],
)
def test_interval(before: timedelta | None, outcome: Outcome, expected: timedelta | None) -> None:
    """What the feed asked for holds until it is read again; not to be modified is no reason to ask more often."""
    then = after(FeedStanding(interval=before), outcome, NOW, 0.0)
    assert expected == then.interval
    if outcome.went_well:
        assert NOW + (expected or HOUR) == then.next_due


@pytest.mark.parametrize(
    ("before", "outcome", "expected"),
    [
        (None, Outcome("taken", articles=4, empty=True), NOW),
        (None, Outcome("taken", articles=0, empty=True), None),
        (None, Outcome("taken", articles=4), None),
        (NOW - DAY, Outcome("taken", articles=4, empty=True), NOW - DAY),
        (NOW + DAY, Outcome("taken", articles=4, empty=True), NOW),
        (NOW - DAY, Outcome("taken", articles=4), None),
        (NOW - DAY, Outcome("not_modified"), NOW - DAY),
        (NOW - DAY, Outcome("failed"), NOW - DAY),
        (NOW - DAY, Outcome("gone"), NOW - DAY),
        (None, Outcome("not_modified"), None),
    ],
)
def test_emptied(before: datetime | None, outcome: Outcome, expected: datetime | None) -> None:
    """Since the first time without an item, once there were some; only reading it again can tell otherwise."""
    assert expected == after(FeedStanding(emptied_since=before), outcome, NOW, 0.0).emptied_since


_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
_STANDINGS = st.builds(
    FeedStanding,
    location=st.sampled_from([None, A, B]),
    moving_to=st.sampled_from([None, A, B]),
    moves_seen=st.integers(0, 1),
    retired=st.booleans(),
    failures=st.integers(0, 10**6),
    last_fetched=st.none() | _MOMENTS,
    last_success=st.none() | _MOMENTS,
    last_new=st.none() | _MOMENTS,
    rhythm=st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
    next_due=st.none() | _MOMENTS,
    interval=st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
    emptied_since=st.none() | _MOMENTS,
)
_OUTCOMES = st.builds(
    Outcome,
    kind=st.sampled_from(["taken", "not_modified", "failed", "gone", "forbidden"]),
    new=st.integers(0, 5),
    articles=st.integers(0, 10),
    published=st.lists(_MOMENTS, max_size=5).map(tuple),
    moved_to=st.sampled_from([None, A, B, C]),
    interval=st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
    retry_after=st.none() | st.timedeltas(),
    empty=st.booleans(),
)


@given(_STANDINGS, _OUTCOMES, st.floats(0, 1))
def test_any_standing(standing: FeedStanding, outcome: Outcome, chance: float) -> None:
    """Whatever was noted, with whatever clock: the times are of now, and a feed that lives has a next poll."""
    then = after(standing, outcome, NOW, chance)
    assert NOW == then.last_fetched
    assert then.retired == (then.next_due is None)
    assert then.next_due is None or NOW + 5 * MINUTE <= then.next_due <= NOW + 7 * DAY
    assert then.rhythm is None or then.rhythm >= timedelta(0)
    assert (0 if outcome.went_well else standing.failures + 1) == then.failures
    if outcome.went_well:
        assert NOW == then.last_success
        assert then.last_new is None or then.last_new <= NOW
    if outcome.kind == "taken":
        assert then.emptied_since is None or (outcome.empty and then.emptied_since <= NOW)
