from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parse.date_reading import read_date
from transforms.parse.dates import date_entry

FIFTH = datetime(2024, 3, 5, tzinfo=UTC)
SEEN = datetime(2024, 3, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("Thu,28 Jul 2022 4:35:5 GMT+9", datetime(2022, 7, 27, 19, 35, 5, tzinfo=UTC)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", FIFTH + timedelta(hours=10)),
        ("Tue, 05 Mar 24 10:00 EST", FIFTH + timedelta(hours=15)),
        ("Tue, 05 Mar 2024 10:00:00 +0100 CET", FIFTH + timedelta(hours=9)),
        ("Tue Mar 05 2024 10:00:00 GMT+0100 (CET)", FIFTH + timedelta(hours=9)),
        ("Tue Mar  5 10:00:00 PST 2024", FIFTH + timedelta(hours=18)),
        ("2024-03-05T10:00:00.123+02:00", FIFTH + timedelta(hours=8)),
        ("2024-03-05T10:00:00Z", FIFTH + timedelta(hours=10)),
        ("20240305T101112Z", FIFTH + timedelta(hours=10, minutes=11, seconds=12)),
        ("Mon, 04 Mar 2024 24:00:00 GMT", FIFTH),
        ("Seg, 24 Set 2018 19:42:40 -0300", datetime(2018, 9, 24, 22, 42, 40, tzinfo=UTC)),
        ("mar., 05 mars 2024 10:00:00 +0100", FIFTH + timedelta(hours=9)),
        ("вт, 05 мар 2024 10:00:00 +0300", FIFTH + timedelta(hours=7)),
        ("mié, 28 ago 2024 10:00:00 GMT", datetime(2024, 8, 28, 10, tzinfo=UTC)),
    ],
)
def test_dates_with_a_zone_are_exact(raw: str, time: datetime) -> None:  # requirement 46, 47
    reading = read_date(raw)
    assert reading is not None
    assert (reading.time, reading.precision) == (time, "exact")


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("2024-03-05 10:00:00", FIFTH + timedelta(hours=10)),
        ("2024-03-05T10:00:00 IST", FIFTH + timedelta(hours=10)),  # of India, Israel or Ireland
        ("martes, 5 de marzo de 2024 10:00", FIFTH + timedelta(hours=10)),
        ("Mo, 5. März 2024 14:30 Uhr", FIFTH + timedelta(hours=14, minutes=30)),
        ("5 марта 2024 \u0433., 10:00", FIFTH + timedelta(hours=10)),
        ("2024년 3월 5일 오후 3:20", FIFTH + timedelta(hours=15, minutes=20)),
        ("2024年3月5日 15時20分", FIFTH + timedelta(hours=15, minutes=20)),
        ("Mar 5, 2024 12:04 AM", FIFTH + timedelta(minutes=4)),
        ("5.3.2024 10:00", FIFTH + timedelta(hours=10)),
    ],
)
def test_dates_without_a_known_zone_are_naive(raw: str, time: datetime) -> None:  # requirement 46
    reading = read_date(raw)
    assert reading is not None
    assert (reading.time, reading.precision) == (time, "naive")


@pytest.mark.parametrize(
    "raw",
    ["2024-03-05", "2024/3/5", "Tue, 05 Mar 2024", "5 de março de 2024", "March 5th, 2024", "Martedì 5 Marzo 2024"],
)
def test_mere_days_are_date_only(raw: str) -> None:  # requirement 46
    reading = read_date(raw)
    assert reading is not None
    assert (reading.time, reading.precision) == (FIFTH, "date_only")


def test_slashes_of_2016_are_not_the_first_of_the_month() -> None:  # feedparser#75
    reading = read_date("2016/6/29")
    assert reading is not None
    assert reading.time == datetime(2016, 6, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw", ["05/06/2024", "2024-02-31", "2024-03", "2024", "yesterday", "", "Tue, 99 Mar 2024", "5 Foo 2024", "1:2:3"]
)
def test_what_leaves_a_doubt_of_the_day_is_not_read(raw: str) -> None:  # requirement 46
    assert read_date(raw) is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001 -- the zone is drawn beside it
def test_every_rfc_date_is_read_back(local: datetime, offset_minutes: int) -> None:
    local = local.replace(microsecond=0)
    sign, ahead = "-" if offset_minutes < 0 else "+", abs(offset_minutes)
    zone = f"{sign}{ahead // 60:02}{ahead % 60:02}"
    expected = (local - timedelta(minutes=offset_minutes)).replace(tzinfo=UTC)
    for raw in (f"{local:%a, %d %b %Y %H:%M:%S} {zone}", f"{local:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:]}"):
        reading = read_date(raw)
        assert reading is not None
        assert (reading.time, reading.precision) == (expected, "exact")


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(raw: str) -> None:
    read_date(raw)


@pytest.mark.parametrize(
    ("published", "updated", "feed_date", "time", "quality"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-06T10:00:00Z", None, FIFTH + timedelta(hours=10), "exact"),
        ("2024-03-05T10:00:00", None, None, FIFTH + timedelta(hours=10), "naive"),
        ("2024-03-05", None, None, FIFTH, "date_only"),
        (None, "2024-03-05T00:00:00Z", "2024-03-04T00:00:00Z", FIFTH, "updated"),
        (None, None, "2024-03-05T00:00:00Z", FIFTH, "feed"),
        (None, None, None, SEEN, "missing"),
        (None, None, "gibberish", SEEN, "missing"),
        ("gibberish", None, None, SEEN, "unreadable"),
        ("gibberish", "2024-03-05T00:00:00Z", None, FIFTH, "unreadable"),
        ("0001-01-01T00:00:00Z", None, None, SEEN, "ancient"),
        ("1970-01-01T00:00:00Z", "2024-03-05T00:00:00Z", None, FIFTH, "ancient"),
        ("2041-01-01T00:00:00Z", None, None, SEEN, "future"),
        (None, "2041-01-01T00:00:00Z", None, SEEN, "future"),
    ],
)
def test_publication_is_dated_by_the_best_that_is_said(
    published: str | None, updated: str | None, feed_date: str | None, time: datetime, quality: str
) -> None:  # requirement 46
    dating = date_entry(published, updated, feed_date, SEEN)
    assert (dating.published_at, dating.quality) == (time, quality)
    assert dating.published_raw == (published or updated or feed_date)


def test_a_clock_some_hours_ahead_is_believed() -> None:
    assert date_entry("2024-03-07T02:00:00Z", None, None, SEEN).quality == "exact"


def test_updated_at_is_what_the_publisher_says_or_nothing() -> None:
    assert date_entry("2024-03-05", "2024-03-06T00:00:00Z", None, SEEN).updated_at == FIFTH + timedelta(days=1)
    assert date_entry("2024-03-05", "2041-01-01T00:00:00Z", None, SEEN).updated_at is None
