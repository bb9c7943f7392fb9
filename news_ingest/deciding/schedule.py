"""When a feed is next asked: politely, and never so late that news grow cold. Pure; chance comes from outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from news_ingest.values import FeedStanding

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
"""Between two polls, whatever a feed or its server says; only Retry-After may ask for more."""
LONGEST_RETRY_AFTER = timedelta(days=7)

_UNTOLD = timedelta(hours=1)
"""Between polls of a feed of which nothing is known yet."""
_SLOWEST_BY_RHYTHM = timedelta(hours=6)
"""A feed that has something once a month may have something urgent tomorrow."""
_POLLS_A_RHYTHM = 4
_JITTER = 0.1
_BACKOFF_JITTER = 0.5
_MOST_DOUBLINGS = 9
_CLOCK_SLACK = timedelta(minutes=1)

OutcomeKind = Literal["taken", "not_modified", "failed", "gone", "forbidden"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking a feed once.

    `taken`: it was read and stored; `not_modified`: the server says that nothing is new; `gone`: `FeedGone`;
    `forbidden`: `FeedForbidden`; `failed`: any other error.

    `new` counts articles stored for the first time, `articles` all that the store now has of the feed. `published` are
    the dates of the entries that the feed has now, in any order; `empty`: it has none. `language` is what most of them
    are in. `moved_to`, `fresh_for`, `interval` and `retry_after` are as in `Retrieved`, `ParsedFeed` and
    `FeedUnreachable`.
    """

    kind: OutcomeKind
    new: int = 0
    articles: int = 0
    published: tuple[datetime, ...] = ()
    language: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    interval: timedelta | None = None
    retry_after: timedelta | None = None
    empty: bool = False

    @property
    def went_well(self) -> bool:
        """Whether the feed answered as it should."""
        return self.kind in ("taken", "not_modified")


def next_due(now: datetime, standing: FeedStanding, outcome: Outcome, chance: float) -> datetime:
    """When to ask again. `standing` counts the outcome already (failures, rhythm, interval); `chance` is from 0 to 1.

    Retry-After holds to the second, from `SHORTEST` to a week. After a failure without it: 5 minutes, 10, 20 … a day,
    each up to half as long again. Else the feed's rhythm tells, never before what the server or the feed asks for.
    """
    if not outcome.went_well:
        if outcome.retry_after is not None:
            return now + _between(SHORTEST, outcome.retry_after, LONGEST_RETRY_AFTER)
        doublings = min(max(0, standing.failures - 1), _MOST_DOUBLINGS)
        return now + _spread(SHORTEST * 2**doublings, _BACKOFF_JITTER, chance)
    asked = [span for span in (outcome.fresh_for, standing.interval) if span is not None]
    if standing.rhythm is not None:
        asked.append(min(standing.rhythm / _POLLS_A_RHYTHM, _SLOWEST_BY_RHYTHM))
    return now + _spread(max(asked, default=_UNTOLD), _JITTER, chance)


def due_at(standing: FeedStanding, now: datetime) -> datetime | None:
    """When a feed is to be asked, `now` if it is high time; None for one that is retired.

    Times that lie in the future where none can be come from a clock that was wrong: such a feed is asked at once, and
    that sets its times right.
    """
    if standing.retired:
        return None
    if standing.next_due is None or standing.next_due <= now:
        return now
    asked_in_future = standing.last_fetched is not None and standing.last_fetched > now + _CLOCK_SLACK
    too_far = standing.next_due > now + LONGEST_RETRY_AFTER + _CLOCK_SLACK
    return now if asked_in_future or too_far else standing.next_due


def _spread(wait: timedelta, share: float, chance: float) -> timedelta:
    """Longer by up to `share`, so that feeds of one round don't stay together; later only, since waits are promises."""
    bounded = _between(SHORTEST, wait, LONGEST)
    return min(bounded + bounded * share * min(max(chance, 0.0), 1.0), LONGEST)


def _between(least: timedelta, span: timedelta, most: timedelta) -> timedelta:
    return max(least, min(span, most))
