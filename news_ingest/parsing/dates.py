"""Dates of items to instants in UTC. A date without a zone is the city's own clock."""

import re
import time
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE: tzinfo = ZoneInfo("Asia/Taipei")
"""The clock of the first city; callers may pass another."""

# What almost all feeds write; -0000 means no zone, and is left to the library as all else is.
_PLAIN_MAIL = re.compile(
    r"[A-Z][a-z]{2}, (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|([+-])(0\d|1[0-4])([0-5]\d)(?<!-0000))",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONE = re.compile(r"\d:\d{2}.*(?:[+-]\d{2}:?\d{2}|[A-Za-z]{1,5})\s*$")
_NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC|UT)\s*([+-])(\d{1,2})(?::?(\d{2}))?\s*$")
# Taiwanese web forms write 2018/4/3 下午 02:05:00, 107/04/03, 1070403, 民國99年4月3日(二) 14時30分; feedparser reads
# none of these.
_LOCAL = re.compile(
    r"\s*(?:(?:中華)?民國\s*(?P<republic>元|\d{1,3})|(?P<year>\d{3,4}))\s*[/年.-]\s*"
    r"(?P<month>\d{1,2})\s*[/月.-]\s*(?P<day>\d{1,2})\s*日?"
    r"\s*(?:\(?(?:星期|週|周|禮拜)?[一二三四五六日天]\)?)?"
    r"(?:\s*T?\s*(?P<half>上午|下午|晚上|中午|凌晨|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2})\s*[:時点點]\s*(?:(?P<minute>\d{1,2})\s*分?(?:\s*:?\s*(?P<second>\d{1,2})\s*秒?(?:\.\d+)?)?)?"
    r"整?\s*(?P<half_after>[AaPp][Mm])?)?\s*"
)
_COMPACT = re.compile(r"(?P<republic>[01]\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_AFTER_NOON = ("下午", "晚上", "pm")
_BEFORE_NOON = ("上午", "凌晨", "am")
_YEAR_BEFORE_THE_REPUBLIC = 1911
_LAST_YEAR_COUNTED_FROM_IT = 200


def read_date(raw: str, parsed: time.struct_time | None, zone: tzinfo = DEFAULT_ZONE) -> datetime | None:
    """The instant, aware and in UTC, or None if it can't be read.

    `parsed` is feedparser's reading of `raw` in UTC (it takes UTC where no zone was written, which is
    undone here), None where it did not read it.
    """
    if not raw.isascii():  # full-width digits and signs
        raw = unicodedata.normalize("NFKC", raw)
    try:
        moment = (
            _read_plain_mail(raw) or _read_local(raw) or _read_mail(raw) or _read_parsed(raw, parsed) or _read_iso(raw)
        )
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_local(raw: str) -> datetime | None:
    compact = _COMPACT.fullmatch(raw)
    if compact is not None:
        year = int(compact["republic"]) + _YEAR_BEFORE_THE_REPUBLIC
        return datetime(year, int(compact["month"]), int(compact["day"]))
    found = _LOCAL.fullmatch(raw)
    if found is None:
        return None
    day = datetime(_year(found), int(found["month"]), int(found["day"]))
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    half = (found["half"] or found["half_after"] or "").lower()
    if half in _AFTER_NOON and hour < 12:
        hour += 12
    elif half in _BEFORE_NOON and hour == 12:
        hour = 0
    # By addition, because 24:00 and a leap second are written now and then.
    return day + timedelta(hours=hour, minutes=int(found["minute"] or 0), seconds=int(found["second"] or 0))


def _year(found: re.Match[str]) -> int:
    if found["republic"] is not None:
        return _YEAR_BEFORE_THE_REPUBLIC + (1 if found["republic"] == "元" else int(found["republic"]))
    year = int(found["year"])
    return year + _YEAR_BEFORE_THE_REPUBLIC if year < _LAST_YEAR_COUNTED_FROM_IT else year


def _read_mail(raw: str) -> datetime | None:
    """RSS's own form in all its variety, also with `GMT+8`, and without any zone."""
    numeric = _NAMED_OFFSET.sub(lambda m: f"{m[1]}{int(m[2]):02d}{m[3] or '00'}", raw)
    try:
        return parsedate_to_datetime(numeric)
    except (ValueError, TypeError, IndexError):
        return None


def _read_plain_mail(raw: str) -> datetime | None:
    """RSS's own form as nearly everyone writes it, `Tue, 03 Apr 2018 10:00:00 +0800`."""
    plain = _PLAIN_MAIL.fullmatch(raw)
    if plain is None:
        return None
    day, month, year, hour, minute, second, sign, ahead, parts = plain.groups()
    try:
        moment = datetime(
            int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError:
        return None
    if sign is None:
        return moment
    offset = timedelta(hours=int(ahead), minutes=int(parts))
    return moment - offset if sign == "+" else moment + offset


def _read_parsed(raw: str, parsed: time.struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    moment = datetime(*parsed[:5], min(parsed[5], 59))
    return moment.replace(tzinfo=UTC) if _ZONE.search(raw) else moment


def _read_iso(raw: str) -> datetime | None:
    """For formats whose dates feedparser does not see."""
    try:
        return datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
