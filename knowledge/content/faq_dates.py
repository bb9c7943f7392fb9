"""The dates that an editor writes into an FAQ entry: until when it holds, when its event was."""

import calendar
import re
from datetime import date, datetime
from typing import Any

from knowledge.documents import Event

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


def read_valid_until(value: Any) -> date | None:
    """The last day on which an entry holds; None where nothing is written.

    Raises `ValueError` whose message says what is wrong and how to write it.
    """
    if value is None:
        return None
    day = _whole_day(value)
    if day is None:
        raise ValueError(f"`valid_until: {value}` is not a day; write it as 2026-12-31")
    return day


def read_event(value: Any) -> Event | None:
    """When an entry's event took place; a month (2018-03) or a year (2018) stands for all its days.

    `end` may be left out when it is the same as `start`. Raises `ValueError` as `read_valid_until` does.
    """
    if value is None:
        return None
    if not isinstance(value, dict) or "start" not in value or set(value) - {"start", "end"}:
        raise ValueError("`event:` must hold `start:` and, where it is another day, `end:`, and nothing else")
    first = _days(value["start"], "start")
    last = _days(value["end"], "end") if value.get("end") is not None else first
    if last[1] < first[0]:
        raise ValueError(f"the event ends ({value['end']}) before it starts ({value['start']}); change one of them")
    return Event(first[0], last[1])


def _days(value: Any, key: str) -> tuple[date, date]:
    """First and last day of a written day, month or year."""
    day = _whole_day(value)
    if day is not None:
        return day, day
    parts = _PARTIAL.fullmatch(str(value))
    try:
        if parts is None:
            raise ValueError
        year, month = int(parts[1]), int(parts[2]) if parts[2] else None
        last_month = month or 12
        return date(year, month or 1, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])
    except ValueError:
        raise ValueError(f"`{key}: {value}` is no day, month or year; write 2018-03-27, 2018-03 or 2018") from None


def _whole_day(value: Any) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
