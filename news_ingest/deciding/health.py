"""What an editor should know about a feed: each worry in a sentence that says since when and what to do. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from news_ingest.values import FeedHealth

SILENT_RHYTHMS = 3
SILENT_AT_LEAST = timedelta(days=3)
"""A feed is silent when nothing new has come for this many of its rhythms, and for this long."""

FAILURES = 3
FAILING_AT_LEAST = timedelta(days=1)
"""A feed that worked before is failing after this many fetches in a row, or this long after the last good one."""

WorryKind = Literal["never_fetched", "retired", "failing", "silent", "moved", "emptied", "language"]


@dataclass(frozen=True, slots=True)
class Worry:
    """One thing that is not as it should be. `since` is aware, in UTC; None where that is not known."""

    kind: WorryKind
    since: datetime | None
    text: str


def worries(health: FeedHealth, now: datetime) -> tuple[Worry, ...]:
    """What is wrong with a feed, the worst first; empty when it is well."""
    if _last_fetched(health) is None:
        text = (
            "It has never been fetched. Run `citydesk ingest`, or wait for the next round of `citydesk ingest --watch`."
        )
        return (Worry("never_fetched", None, text),)
    if health.standing.retired:
        return (_retired(health),)
    found = [*_failing(health, now)]
    if not found:
        # While fetches fail, that nothing comes needs no other cause.
        found += [*_emptied(health.standing.emptied_since)] or [*_silent(health, now)]
    return (*found, *_moved(health), *_language(health))


def _retired(health: FeedHealth) -> Worry:
    since = _last_fetched(health)
    text = (
        f"Its server said on {_day(since)} that it is gone for good, so it is not asked any more; its articles stay. "
        "Look for a new feed on the publisher's site, or remove this one from the list."
    )
    return Worry("retired", since, text)


def _failing(health: FeedHealth, now: datetime) -> Iterator[Worry]:
    standing = health.standing
    failures = max(standing.failures, 1 if health.last_error else 0)
    last = standing.last_success
    if not failures or (last is not None and failures < FAILURES and now - last < FAILING_AT_LEAST):
        return
    times = "once" if failures == 1 else f"{failures} times in a row"
    worked = "it has never worked so far" if last is None else f"it last worked on {_moment(last)}"
    error = f" The last error was: {_sentence(health.last_error)}" if health.last_error else ""
    again = f" It is tried again on {_moment(standing.next_due)}." if standing.next_due else " It is tried again."
    # An error says itself what to do.
    advice = "" if health.last_error else " Check its address in a browser; if it is right, ask the publisher."
    yield Worry("failing", last, f"Fetching it has failed {times}; {worked}.{error}{again}{advice}")


def _silent(health: FeedHealth, now: datetime) -> Iterator[Worry]:
    last, rhythm = health.standing.last_new, health.standing.rhythm
    if last is None or rhythm is None or now - last <= max(rhythm * SILENT_RHYTHMS, SILENT_AT_LEAST):
        return
    text = (
        f"Nothing new has come since {_day(last)}, though there usually is something every {_span(rhythm)}. "
        "See whether the publisher's site has newer items; if so, look for the feed that carries them."
    )
    yield Worry("silent", last, text)


def _emptied(since: datetime | None) -> Iterator[Worry]:
    if since is not None:
        text = (
            f"It has come without a single item since {_moment(since)}, though it had some before; what came earlier "
            "stays. Open its address in a browser, and tell the publisher if it is empty there, too."
        )
        yield Worry("emptied", since, text)


def _moved(health: FeedHealth) -> Iterator[Worry]:
    standing = health.standing
    if standing.location is not None and standing.location != health.url:
        text = (
            f"Its server has said that it moved for good, and it is fetched from {standing.location} "
            f"(last on {_moment(standing.last_success)}). Make sure that the new address is the same publisher's."
        )
        yield Worry("moved", None, text)


def _language(health: FeedHealth) -> Iterator[Worry]:
    standing = health.standing
    if health.language and standing.language and health.language != standing.language:
        text = (
            f"Most of its items were in {standing.language} when it was last read on {_moment(standing.last_success)}, "
            f"but it is listed as {health.language}. Read some; if the publisher has changed its language, put that "
            "right in the list of feeds, or look for its feed in the old one."
        )
        yield Worry("language", None, text)


def _last_fetched(health: FeedHealth) -> datetime | None:
    return health.standing.last_fetched or health.last_fetched


def _sentence(text: str | None) -> str:
    stripped = " ".join((text or "").split())
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment else "an unknown day"


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}" if moment else "an unknown day"


def _span(span: timedelta) -> str:
    """In the largest unit of which there are two: 90 minutes, 36 hours, 5 days."""
    minutes = max(1, round(span.total_seconds() / 60))
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * size:
            return f"{round(minutes / size)} {unit}s"
    return "minute" if minutes == 1 else f"{minutes} minutes"
