"""Dates: instants in UTC; without a zone, the city's clock."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.parsing.dates import read_date


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def read(raw: str) -> datetime | None:
    return read_date(raw, feedparser.datetimes._parse_date(raw))


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Tue, 03 Apr 2018 10:00:00 +0800", utc(2018, 4, 3, 2)),
        ("Tue, 03 Apr 2018 10:00:00 GMT", utc(2018, 4, 3, 10)),
        ("Tue, 03 Apr 2018 10:00:00 GMT+8", utc(2018, 4, 3, 2)),
        ("Tue, 03 Apr 2018 10:00:00 UTC+08:00", utc(2018, 4, 3, 2)),
        ("Tue, 03 Apr 2018 10:00:00", utc(2018, 4, 3, 2)),
        ("03 Apr 18 10:00", utc(2018, 4, 3, 2)),
        ("2018-04-03T10:00:00Z", utc(2018, 4, 3, 10)),
        ("2018-04-03T10:00:00+08:00", utc(2018, 4, 3, 2)),
        ("2018-04-03T10:00:00-0500", utc(2018, 4, 3, 15)),
        ("2018-04-03T10:00:00", utc(2018, 4, 3, 2)),
        ("2018-04-03 10:00", utc(2018, 4, 3, 2)),
        ("2018-04-03 10:00:00.0", utc(2018, 4, 3, 2)),
        ("2018-04-03", utc(2018, 4, 2, 16)),
        ("20180403", utc(2018, 4, 2, 16)),
        ("2018/4/3", utc(2018, 4, 2, 16)),
        ("2018/4/3 下午 02:05:00", utc(2018, 4, 3, 6, 5)),
        ("2018/4/3 上午 12:05:00", utc(2018, 4, 2, 16, 5)),
        ("2018/4/3 02:05:00 PM", utc(2018, 4, 3, 6, 5)),
        ("107/04/03", utc(2018, 4, 2, 16)),
        ("民國107年4月3日", utc(2018, 4, 2, 16)),
        ("民國99年12月31日 24:00", utc(2010, 12, 31, 16)),
        ("2018年4月3日 10:00", utc(2018, 4, 3, 2)),
        ("中華民國107年4月3日(星期二) 14時30分", utc(2018, 4, 3, 6, 30)),
        ("民國元年1月1日", utc(1911, 12, 31, 16)),
        ("107年4月3日 上午9時", utc(2018, 4, 3, 1)),
        ("１０７年４月３日　下午２：０５", utc(2018, 4, 3, 6, 5)),
        ("1070403", utc(2018, 4, 2, 16)),
        ("107.04.03", utc(2018, 4, 2, 16)),
        ("1071341", None),
        ("民國107年", None),
        ("2018-13-45", None),
        ("2018-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date_forms(raw: str, moment: datetime | None) -> None:
    """What feeds, and what Taiwanese web forms, write."""
    assert moment == read(raw)


def test_another_city_has_another_clock() -> None:
    """The zone for dates without one can be chosen."""
    moment = read_date("2018-04-03 10:00", None, ZoneInfo("Europe/Warsaw"))
    assert utc(2018, 4, 3, 8) == moment


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2018-04-03T10:00:00+08:00", utc(2018, 4, 3, 2)),
        ("2018-04-03T10:00:00.250Z", utc(2018, 4, 3, 10).replace(microsecond=250_000)),
        ("2018-04-03T10:00:00", utc(2018, 4, 3, 2)),
    ],
)
def test_iso_dates_are_read_without_feedparser(raw: str, moment: datetime) -> None:
    """Feeds in JSON do not pass through it."""
    assert moment == read_date(raw, None)


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2199, 1, 1)), st.integers(-12, 14))
def test_iso_instants_are_read_exactly(moment: datetime, hours: int) -> None:
    """Every instant with an offset is read as that instant, to the second."""
    whole = moment.replace(microsecond=0)
    raw = f"{whole.isoformat()}{'-' if hours < 0 else '+'}{abs(hours):02d}:00"
    assert (whole - timedelta(hours=hours)).replace(tzinfo=UTC) == read(raw)


@given(
    st.integers(0, 32),
    st.sampled_from(["Jan", "Feb", "Apr", "Dec"]),
    st.sampled_from([99, 1, 1000, 1999, 2000, 2018, 2999]),
    st.tuples(st.integers(0, 24), st.integers(0, 60), st.integers(0, 60)),
    st.sampled_from(["GMT", "+0000", "-0000", "+0800", "-0330", "+1400", "+1500", "+0860", "-1200"]),
)
def test_mail_dates_are_read_as_the_library_reads_them(
    day: int, month: str, year: int, clock: tuple[int, int, int], zone: str
) -> None:
    """The usual form is read without it; no zone (-0000) is the city's clock."""
    raw = f"Tue, {day:02d} {month} {year:04d} {clock[0]:02d}:{clock[1]:02d}:{clock[2]:02d} {zone}"
    try:
        moment = parsedate_to_datetime(raw)
        expected = (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Taipei"))).astimezone(UTC)
    except ValueError:
        expected = None
    assert expected == read_date(raw, None)


@given(st.text(max_size=100))
def test_no_text_is_too_odd(raw: str) -> None:
    """Unreadable dates give None."""
    moment = read_date(raw, None)
    assert moment is None or moment.tzinfo is UTC
