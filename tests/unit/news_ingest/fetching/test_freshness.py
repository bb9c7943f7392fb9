"""What servers say about time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.fetching.freshness import LONGEST, fresh_for, http_date, retry_after

NOW = datetime(2019, 5, 6, 2, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)
ZERO = timedelta()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, TEN),
        ({"cache-control": 'Public , MAX-AGE="600", must-revalidate'}, TEN),
        ({"cache-control": "s-maxage=5, max-age=600"}, TEN),
        ({"cache-control": "max-age=700", "age": "100"}, TEN),
        ({"cache-control": "max-age=100", "age": "700"}, ZERO),
        ({"cache-control": "max-age=600", "age": "-1"}, TEN),
        ({"cache-control": "max-age=0"}, ZERO),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "max-age=600, no-store"}, None),
        ({"cache-control": "no-store", "expires": "Mon, 06 May 2019 02:10:00 GMT"}, None),
        ({"cache-control": "max-age=soon", "expires": "Mon, 06 May 2019 02:10:00 GMT"}, TEN),
        ({"cache-control": "max-age=600", "expires": "0"}, TEN),
        ({"expires": "Mon, 06 May 2019 02:10:00 GMT"}, TEN),
        ({"expires": "Mon, 06 May 2019 01:10:00 GMT"}, ZERO),
        ({"expires": "Mon, 06 May 2019 12:10:00 GMT", "date": "Mon, 06 May 2019 12:00:00 GMT"}, TEN),
        ({"expires": "0"}, ZERO),
        ({"expires": "-1"}, ZERO),
        ({"cache-control": "max-age=" + "9" * 5000}, LONGEST),
    ],
)
def test_how_long_an_answer_holds(headers: dict[str, str], expected: timedelta | None) -> None:
    """Cache-Control before Expires, and Expires by the server's own clock."""
    assert expected == fresh_for(headers, NOW)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "600"}, TEN),
        ({"retry-after": " 600 "}, TEN),
        ({"retry-after": "Mon, 06 May 2019 02:10:00 GMT"}, TEN),
        ({"retry-after": "Monday, 06-May-19 02:10:00 GMT"}, TEN),
        ({"retry-after": "Mon, 06 May 2019 01:00:00 GMT"}, ZERO),
        ({"retry-after": "Mon, 06 May 2019 12:10:00 GMT", "date": "Mon, 06 May 2019 12:00:00 GMT"}, TEN),
        ({"retry-after": "Mon, 06 May 2999 12:10:00 GMT"}, LONGEST),
        ({"retry-after": "99999999999999999999"}, LONGEST),
        ({"retry-after": "later"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "٣٠"}, None),
    ],
)
def test_how_long_to_leave_it_alone(headers: dict[str, str], expected: timedelta | None) -> None:
    """In seconds or as a date; never less than nothing."""
    assert expected == retry_after(headers, NOW)


@given(st.text(), st.text(), st.text())
def test_nothing_that_a_server_says_is_an_accident(one: str, two: str, three: str) -> None:
    """Some span or none, within bounds, whatever stands there."""
    headers = {"cache-control": one, "expires": two, "retry-after": three, "date": one, "age": two}
    for span in (fresh_for(headers, NOW), retry_after(headers, NOW), retry_after({"retry-after": one}, NOW)):
        assert span is None or ZERO <= span <= LONGEST


@pytest.mark.parametrize("text", ["", "Mon", "06 May 99999 00:00:00 GMT", "Mon, 31 Feb 2019 00:00:00 GMT", "\0"])
def test_what_is_no_date(text: str) -> None:
    """None, not an error."""
    assert http_date(text) is None
