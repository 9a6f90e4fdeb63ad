"""When an entry was published, and how far that can be trusted."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from schemas.tables import DateQuality
from transforms.parse.date_reading import read_date

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(hours=24)
"""Tolerated lead of a publisher's clock: local time taken for UTC is at most 14 hours ahead."""


@dataclass(frozen=True, slots=True)
class Dating:
    """When an entry was published, for the table's columns of the same names."""

    published_at: datetime
    published_raw: str | None
    quality: DateQuality
    updated_at: datetime | None


def date_entry(published: str | None, updated: str | None, feed_date: str | None, first_seen: datetime) -> Dating:
    """Dates an entry by what is said of it: publication, else update, else the feed's date, else the first sight.

    A date before 1990 or more than 24 hours after the first sight is not believed.
    """
    changed = _believable(updated, first_seen)
    raw = published or updated or feed_date
    if said := published or updated:
        reading = read_date(said)
        doubt = _doubt(reading.time, first_seen) if reading else "unreadable"
        if reading and not doubt:
            return Dating(reading.time, raw, reading.precision if published else "updated", changed)
        return Dating(changed or first_seen, raw, doubt or "unreadable", changed)
    dated = _believable(feed_date, first_seen)
    return Dating(dated or first_seen, raw, "feed" if dated else "missing", None)


def _believable(raw: str | None, first_seen: datetime) -> datetime | None:
    reading = read_date(raw) if raw else None
    return reading.time if reading and not _doubt(reading.time, first_seen) else None


def _doubt(time: datetime, first_seen: datetime) -> Literal["ancient", "future"] | None:
    if time < _EARLIEST:
        return "ancient"
    return "future" if time > first_seen + _AHEAD else None
