"""How often a feed asks to be read: RSS's `ttl`, and the syndication module's `updatePeriod` and `updateFrequency`."""

from datetime import timedelta

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=7)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def asked_interval(ttl: object, period: object, frequency: object) -> timedelta | None:
    """The longer of what the two ask for, as written in the feed, from `SHORTEST` to `LONGEST`; None for neither.

    `ttl` is in minutes; `frequency` how many times per `period`, once where it is missing or nonsense.
    """
    asked = []
    minutes = _count(ttl)
    if minutes is not None:
        asked.append(timedelta(minutes=minutes))
    whole = _PERIODS.get(str(period or "").strip().lower())
    if whole is not None:
        asked.append(whole / (_count(frequency) or 1))
    return min(max(*asked, SHORTEST), LONGEST) if asked else None


def _count(written: object) -> int | None:
    """A whole number above 0, of at most six digits."""
    digits = str(written or "").strip()
    return (int(digits) or None) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None
