"""Round after round, each when the first feed is due, until asked to stop.

When a feed is due is kept in the database: a restart goes on where the last one ended, and what became due meanwhile is
asked once, not once for every time that was missed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

LONGEST_REST = timedelta(minutes=1)
"""After which the list of feeds is looked at again: an editor's new feed is not to wait for the others."""
AFTER_A_FAULT = timedelta(minutes=1)
"""Rest after a round that failed as a whole, as where the database was in use, or that left a feed as due as it was:
how it stands could not be noted, and its server is not to be asked over and over for that."""

Clock = Callable[[], datetime]
Pause = Callable[[asyncio.Event, timedelta], Awaitable[None]]
"""Waits for the event, at most as long as given."""


def utc_now() -> datetime:
    """This instant, aware."""
    return datetime.now(UTC)


def rest(due: datetime | None, now: datetime) -> timedelta:
    """How long to wait for a feed that is due at `due`; None: none is listed."""
    if due is None:
        return LONGEST_REST
    return max(timedelta(0), min(due - now, LONGEST_REST))


async def stopped(stop: asyncio.Event, pause: timedelta) -> None:
    """Wait for `stop`, at most for `pause`."""
    if pause <= timedelta(0):
        await asyncio.sleep(0)
        return
    try:
        await asyncio.wait_for(stop.wait(), pause.total_seconds())
    except TimeoutError:
        return


async def watch(
    round_of: Callable[[datetime], Awaitable[datetime | None]],
    stop: asyncio.Event,
    *,
    tell: Callable[[Exception], None],
    expected: type[Exception],
    clock: Clock = utc_now,
    pause: Pause = stopped,
) -> None:
    """Call `round_of` with the time, which gives when the next feed is due, until `stop` is set.

    A round that raises `expected` is told to `tell` and tried again after `AFTER_A_FAULT`; anything else ends it.
    """
    while not stop.is_set():
        begun = clock()
        try:
            due = await round_of(begun)
        except expected as error:
            tell(error)
            wait = AFTER_A_FAULT
        else:
            wait = AFTER_A_FAULT if due is not None and due <= begun else rest(due, clock())
        await pause(stop, wait)
