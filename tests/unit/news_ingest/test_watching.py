"""Round after round: when the next one begins, and what ends it all. The clock is scripted; nothing waits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from news_ingest.errors import IngestError, StoreError
from news_ingest.watching import AFTER_A_FAULT, LONGEST_REST, rest, stopped, utc_now, watch

NOW = datetime(2018, 4, 5, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BUSY = StoreError("citydesk.db", "the database is locked", "Wait")


class Day:
    """A clock that only pauses move, and what happened by it. Stops at the end of the script."""

    def __init__(self, *script: datetime | Exception | None, takes: timedelta = timedelta(0)) -> None:
        self.now, self.takes = NOW, takes
        self.script = list(script)
        self.stop = asyncio.Event()
        self.rounds: list[datetime] = []
        self.pauses: list[timedelta] = []
        self.told: list[Exception] = []

    async def round(self, now: datetime) -> datetime | None:
        self.rounds.append(now)
        self.now += self.takes
        answer = self.script.pop(0)
        if not self.script:
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def pause(self, stop: asyncio.Event, pause: timedelta) -> None:
        assert stop is self.stop
        self.pauses.append(pause)
        self.now += pause

    async def watched(self) -> "Day":
        await watch(
            self.round,
            self.stop,
            tell=self.told.append,
            expected=IngestError,
            clock=lambda: self.now,
            pause=self.pause,
        )
        return self


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, LONGEST_REST),
        (NOW - timedelta(days=3), timedelta(0)),
        (NOW, timedelta(0)),
        (NOW + 7 * SECOND, 7 * SECOND),
        (NOW + timedelta(hours=6), LONGEST_REST),
    ],
)
def test_rest(due: datetime | None, expected: timedelta) -> None:
    """Until the feed is due, never longer than an editor's new feed may wait."""
    assert expected == rest(due, NOW)


async def test_rounds_begin_when_a_feed_is_due() -> None:
    """With the time at which they begin."""
    day = await Day(NOW + 20 * SECOND, NOW + timedelta(hours=1), None, None).watched()
    assert [20 * SECOND, LONGEST_REST, LONGEST_REST, LONGEST_REST] == day.pauses
    assert [NOW, NOW + 20 * SECOND, NOW + 80 * SECOND, NOW + 140 * SECOND] == day.rounds


async def test_what_became_due_during_a_round_is_asked_at_once() -> None:
    day = await Day(NOW + 5 * SECOND, None, takes=30 * SECOND).watched()
    assert [timedelta(0), LONGEST_REST] == day.pauses


async def test_a_feed_that_is_as_due_as_before_is_not_asked_over_and_over() -> None:
    """How it stands could not be noted, for one because the disk is full: its server is left alone for a while."""
    day = await Day(NOW, NOW - SECOND, None).watched()
    assert [AFTER_A_FAULT, AFTER_A_FAULT, LONGEST_REST] == day.pauses


async def test_an_expected_error_is_told_and_the_round_tried_again() -> None:
    day = await Day(BUSY, BUSY, None).watched()
    assert [BUSY, BUSY] == day.told
    assert [NOW, NOW + AFTER_A_FAULT, NOW + 2 * AFTER_A_FAULT] == day.rounds


async def test_any_other_error_ends_it() -> None:
    """A fault in the program must be seen."""
    day = Day(None, ValueError("out of the blue"), None)
    with pytest.raises(ValueError, match="out of the blue"):
        await day.watched()
    assert (2, []) == (len(day.rounds), day.told)


async def test_stopped_before_it_began() -> None:
    day = Day(None)
    day.stop.set()
    assert [] == (await day.watched()).rounds


async def test_a_stop_ends_the_pause() -> None:
    """On the real clock: nobody waits for a minute to be over."""
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)
    async with asyncio.timeout(10):
        await watch(_nothing_due, stop, tell=_never, expected=IngestError)


@pytest.mark.parametrize("pause", [timedelta(0), timedelta(milliseconds=5), -SECOND])
async def test_a_pause_ends_without_a_stop(pause: timedelta) -> None:
    stop = asyncio.Event()
    async with asyncio.timeout(10):
        await stopped(stop, pause)
    assert not stop.is_set()


def test_the_clock_tells_the_zone() -> None:
    assert timedelta(0) == utc_now().utcoffset()


async def _nothing_due(now: datetime) -> datetime | None:
    return None


def _never(error: Exception) -> None:
    raise error
