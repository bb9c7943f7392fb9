"""Dates of items to instants in UTC. A date without a zone is the city's own clock."""

import re
import time
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE: tzinfo = ZoneInfo("Asia/Taipei")
"""The clock of the first city; callers may pass another."""

_ZONE = re.compile(r"\d:\d{2}.*(?:[+-]\d{2}:?\d{2}|[A-Za-z]{1,5})\s*$")
_NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC|UT)\s*([+-])(\d{1,2})(?::?(\d{2}))?\s*$")
# Taiwanese web forms write 2018/4/3 下午 02:05:00, 107/04/03, 民國99年4月3日; feedparser reads none of these.
_LOCAL = re.compile(
    r"\s*(?P<year>\d{3,4}|民國\s*\d{2,3})\s*[/年.-]\s*(?P<month>\d{1,2})\s*[/月.-]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*T?\s*(?P<half>上午|下午|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half_after>[AaPp][Mm])?)?\s*"
)
_YEAR_BEFORE_THE_REPUBLIC = 1911
_LAST_YEAR_COUNTED_FROM_IT = 200


def read_date(raw: str, parsed: time.struct_time | None, zone: tzinfo = DEFAULT_ZONE) -> datetime | None:
    """The instant, aware and in UTC, or None if it can't be read.

    `parsed` is feedparser's reading of `raw` in UTC (it takes UTC where no zone was written, which is
    undone here).
    """
    try:
        moment = _read_local(raw) or _read_mail(raw) or _read_parsed(raw, parsed)
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_local(raw: str) -> datetime | None:
    found = _LOCAL.fullmatch(raw)
    if found is None:
        return None
    year = int(found["year"].removeprefix("民國"))
    if year < _LAST_YEAR_COUNTED_FROM_IT:
        year += _YEAR_BEFORE_THE_REPUBLIC
    day = datetime(year, int(found["month"]), int(found["day"]))
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    half = (found["half"] or found["half_after"] or "").lower()
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "am") and hour == 12:
        hour = 0
    # By addition, because 24:00 and a leap second are written now and then.
    return day + timedelta(hours=hour, minutes=int(found["minute"]), seconds=int(found["second"] or 0))


def _read_mail(raw: str) -> datetime | None:
    """RSS's own form, `Tue, 03 Apr 2018 10:00:00 +0800`; also with `GMT+8`, and without any zone."""
    numeric = _NAMED_OFFSET.sub(lambda m: f"{m[1]}{int(m[2]):02d}{m[3] or '00'}", raw)
    try:
        return parsedate_to_datetime(numeric)
    except (ValueError, TypeError, IndexError):
        return None


def _read_parsed(raw: str, parsed: time.struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    moment = datetime(*parsed[:5], min(parsed[5], 59))
    return moment.replace(tzinfo=UTC) if _ZONE.search(raw) else moment
