"""Caching headers, as servers really send them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.poll.freshness import http_date, lifetime_s, retry_after_s, validators

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'private, Max-Age="600"'}, 600),
        ({"cache-control": "s-maxage=900, max-age=600"}, 600),
        ({"cache-control": "s-maxage=900"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=600, no-store"}, 0),
        ({"cache-control": "no-cache", "date": DATE, "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 0),
        ({"date": DATE, "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 3600),
        ({"date": DATE, "expires": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0),
        ({"date": DATE, "expires": "-1"}, 0),
        ({"expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 0),
        ({"cache-control": "max-age=60", "date": DATE, "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 60),
    ],
)
def test_how_long_an_answer_is_good(headers: dict[str, str], seconds: int) -> None:  # requirement 8
    assert lifetime_s(headers) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300),
        ("Monday, 02-Mar-26 12:05:00 GMT", 300),
        ("Mon, 02 Mar 2026 07:05:00 EST", 300),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("2.5", None),
        ("later", None),
        ("", None),
    ],
)
def test_when_to_come_back(value: str, seconds: int | None) -> None:  # requirement 9
    assert retry_after_s({"retry-after": value}, NOW) == seconds


@given(
    st.dictionaries(st.sampled_from(["cache-control", "date", "expires", "retry-after", "last-modified"]), st.text())
)
def test_no_header_is_too_odd(headers: dict[str, str]) -> None:
    assert lifetime_s(headers) >= 0
    assert (retry_after_s(headers, NOW) or 0) >= 0
    assert validators({**headers, "etag": "x"}, NOW)[0] in {"x", None}


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_dates_are_read_back(date: datetime) -> None:
    date = date.replace(microsecond=0, tzinfo=UTC)
    assert http_date(date.strftime("%a, %d %b %Y %H:%M:%S GMT")) == date
