"""How long an answer holds, and how long a server asks to be left alone. Computes only."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=365)
"""No answer holds longer, whatever the server says."""

_DIRECTIVE = re.compile(r'\s*([\w-]+)\s*(?:=\s*"?([^",]*)"?)?\s*(?:,|$)')


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What Cache-Control or, without it, Expires says; None where neither does, or nothing may be kept.

    `headers` by lower-case name; `now` counts only where the server does not say what time it takes it to be.
    """
    directives = {name.lower(): value for name, value in _DIRECTIVE.findall(headers.get("cache-control", ""))}
    if "no-store" in directives or "no-cache" in directives:
        return None
    longest = _seconds(directives.get("max-age", ""))
    if longest is not None:
        return max(longest - (_seconds(headers.get("age", "")) or timedelta()), timedelta())
    if "expires" not in headers:
        return None
    end = http_date(headers["expires"])
    # What is no date, often 0 or -1, means: already over.
    return _within(end - (http_date(headers.get("date", "")) or now)) if end is not None else timedelta()


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Retry-After, in seconds or as a date; None where the server says nothing that can be understood."""
    value = headers.get("retry-after", "").strip()
    wait = _seconds(value)
    if wait is not None:
        return wait
    until = http_date(value)
    # The server's own clock, so that a wrong one on either side does not matter.
    return None if until is None else _within(until - (http_date(headers.get("date", "")) or now))


def http_date(text: str) -> datetime | None:
    """An HTTP date, aware; None for anything else."""
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo is not None else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _seconds(text: str) -> timedelta | None:
    text = text.strip()
    if not (text.isascii() and text.isdecimal()):
        return None
    # Python refuses to read numbers of thousands of digits.
    return LONGEST if len(text) > 9 else min(timedelta(seconds=int(text)), LONGEST)


def _within(span: timedelta) -> timedelta:
    return min(max(span, timedelta()), LONGEST)
