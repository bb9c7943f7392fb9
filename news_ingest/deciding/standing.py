"""How a feed stands after it was asked once more. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from news_ingest.deciding.schedule import Outcome, next_due
from news_ingest.values import FeedStanding

AGREEING_MOVES = 2
"""Permanent redirects to the same address, one poll after the other, before it is believed."""

_ARTICLES_OF_A_RHYTHM = 3
_WEIGHT_OF_LATEST = 0.25
_UNKNOWN_LANGUAGE = "und"


def after(standing: FeedStanding, outcome: Outcome, now: datetime, chance: float) -> FeedStanding:
    """The standing once `outcome` has come in at `now`; `chance`, from 0 to 1, spreads the next polls.

    A feed that is gone is retired and has no next poll; only an answer that goes well brings it back.
    """
    if outcome.kind == "gone":
        failures = standing.failures + 1
        return replace(standing, retired=True, failures=failures, last_fetched=now, next_due=None)
    if not outcome.went_well:
        failed = replace(standing, failures=standing.failures + 1, last_fetched=now)
        if standing.retired:
            return replace(failed, next_due=None)
        return replace(failed, next_due=next_due(now, failed, outcome, chance))
    served = _moved(standing, outcome.moved_to)
    served = replace(
        served,
        retired=False,
        failures=0,
        last_fetched=now,
        last_success=now,
        last_new=_last_new(standing, outcome, now),
        rhythm=_rhythm(standing, outcome, now),
        language=_language(standing, outcome),
        # An answer that nothing is new says nothing of the feed: what it asked for holds on.
        interval=outcome.interval if outcome.kind == "taken" else standing.interval,
        emptied_since=_emptied_since(standing, outcome, now),
    )
    return replace(served, next_due=next_due(now, served, outcome, chance))


def _moved(standing: FeedStanding, moved_to: str | None) -> FeedStanding:
    """An answer without a redirect, or with one to elsewhere, starts the count over."""
    if moved_to is None or moved_to == standing.location:
        return replace(standing, moving_to=None, moves_seen=0)
    seen = standing.moves_seen + 1 if moved_to == standing.moving_to else 1
    if seen < AGREEING_MOVES:
        return replace(standing, moving_to=moved_to, moves_seen=seen)
    return replace(standing, location=moved_to, moving_to=None, moves_seen=0)


def _last_new(standing: FeedStanding, outcome: Outcome, now: datetime) -> datetime | None:
    if not outcome.new:
        # Noted by a clock that was ahead, it would hide a silence until then.
        return min(standing.last_new, now) if standing.last_new else None
    dated = [moment for moment in outcome.published if moment <= now]
    # All is new the first time, and the newest of it may be years old.
    return max(dated) if standing.last_new is None and dated else now


def _rhythm(standing: FeedStanding, outcome: Outcome, now: datetime) -> timedelta | None:
    """The median of the gaps between the feed's dates; where it has no three, a mean over the gaps that were seen."""
    if not outcome.new:
        return standing.rhythm
    moments = sorted({moment for moment in outcome.published if moment <= now})
    if len(moments) >= _ARTICLES_OF_A_RHYTHM:
        return _median(later - earlier for earlier, later in pairwise(moments))
    if standing.last_new is None or standing.last_new >= now or outcome.articles < _ARTICLES_OF_A_RHYTHM:
        return standing.rhythm
    gap = (now - standing.last_new) / outcome.new
    if standing.rhythm is None:
        return gap
    return standing.rhythm + (gap - standing.rhythm) * _WEIGHT_OF_LATEST


def _median(gaps: Iterable[timedelta]) -> timedelta:
    return timedelta(seconds=median(gap.total_seconds() for gap in gaps))


def _language(standing: FeedStanding, outcome: Outcome) -> str | None:
    if outcome.language is None or outcome.language == _UNKNOWN_LANGUAGE:
        return standing.language
    return outcome.language


def _emptied_since(standing: FeedStanding, outcome: Outcome, now: datetime) -> datetime | None:
    if outcome.kind != "taken":
        return standing.emptied_since
    if not outcome.empty or not outcome.articles:
        return None
    return min(standing.emptied_since or now, now)
