"""Dates in whatever form a feed writes them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from transforms.parse.date_names import AFTERNOON, FILLERS, MONTHS, ZONES

_LONGEST = 100

_HALF = "|".join(map(re.escape, sorted(AFTERNOON, key=len, reverse=True)))
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})?\s*(?<![\d.:])(?P<hour>\d{{1,2}})\s*[:h時시]\s*(?P<minute>\d{{1,2}})[분分]?"
    rf"(?:\s*[:초]\s*(?P<second>\d{{1,2}}))?(?:[.,]\d+|[초秒])?\s*(?P<after>{_HALF})?(?P<rest>.*)"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)t?(?:(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(.*))?")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_COMMENT = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+|\d+|[年月日년월일]")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as read."""

    time: datetime
    """UTC; midnight for a mere day."""
    precision: Literal["exact", "naive", "date_only"]
    """naive: no time zone that is known, so taken for UTC; date_only: no time."""


def read_date(raw: str) -> Reading | None:
    """A date in any form feeds use, RFC 822 and ISO 8601 first among them; None for one that leaves a doubt of the day.

    Months may be named in nine languages. `05/06/2024` is not read: it is a day of May or of June.
    """
    text = _plain(raw[:_LONGEST])
    try:
        if compact := _COMPACT.fullmatch(text):
            year, month, day, hour, minute, second, zone = compact.groups()
            return _reading((int(year), int(month), int(day)), (hour, minute, second) if hour else None, zone or "")
        clock = _CLOCK.search(text)
        if clock is None:
            return _reading(_date(text), None, "")
        zone, tail = _split_zone(clock["rest"])
        date = _date(f"{text[: clock.start()]} {tail}")
        time = (clock["hour"], clock["minute"], clock["second"])
        return _reading(date, time, zone, clock["before"] or clock["after"])
    except (ValueError, OverflowError):  # 31 February, the year 0, an offset of 99 hours
        return None


def _plain(raw: str) -> str:
    # Accents off ("févr."), full-width digits to ASCII; Korean syllables stay composed.
    letters = "".join(c for c in unicodedata.normalize("NFKD", raw.casefold()) if not unicodedata.combining(c))
    return " ".join(_COMMENT.sub(" ", unicodedata.normalize("NFC", letters)).split())


def _split_zone(rest: str) -> tuple[str, str]:
    """What follows the time, as time zone and remainder (a year, in the form of C's asctime)."""
    rest = rest.strip()
    if offset := _OFFSET.match(rest):
        # A name repeats what the number says ("+0100 CET"), and the number is right.
        return offset.group(), re.sub(r"^\s*[a-z]+\b", "", rest[offset.end() :])
    name = re.match(r"[a-z]+(?:/[a-z_]+)?", rest)
    if name and not _month(name.group()):
        return name.group(), rest[name.end() :]
    return "", rest


def _date(text: str) -> tuple[int, int, int] | None:
    text = text.strip(" ,;t")
    if cjk := _CJK.search(text):
        year, month, day = cjk.groups()
        return int(year), int(month), int(day)
    if numeric := _NUMERIC.search(text):
        first, separator, second, third = numeric.groups()
        return _numeric_date(first, second, third, day_first=separator == ".")
    return _named_date(_WORD.findall(text))


def _numeric_date(first: str, second: str, third: str, *, day_first: bool) -> tuple[int, int, int] | None:
    if len(first) == 4 and len(third) <= 2:
        return int(first), int(second), int(third)
    if len(third) != 4:
        return None
    year, one, two = int(third), int(first), int(second)
    if day_first or one == two or one > 12:
        return year, two, one
    return (year, one, two) if two > 12 else None


def _named_date(words: list[str]) -> tuple[int, int, int] | None:
    numbers = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit() and word not in FILLERS]
    months = [month for name in names if (month := _month(name))]
    # One other word may stand there: the weekday, in whatever language. "mar" is March or mardi: the last one counts.
    if not months or len(names) > 2 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    century = 0 if len(year) == 4 else 1900 if int(year) >= 90 else 2000
    return century + int(year), months[-1], int(day)


def _month(name: str) -> int | None:
    return next((MONTHS[name[:length]] for length in range(min(len(name), 5), 2, -1) if name[:length] in MONTHS), None)


def _reading(
    date: tuple[int, int, int] | None, clock: tuple[str, str, str | None] | None, zone: str, half: str | None = None
) -> Reading | None:
    if date is None:
        return None
    day = datetime(*date, tzinfo=UTC)
    if clock is None:
        return Reading(day, "date_only")
    hour, minute, second = (int(part or 0) for part in clock)
    if half and hour <= 12:
        hour = hour % 12 + 12 * AFTERNOON[half]
    if hour > 24 or minute > 59 or second > 60:
        return None
    # 24:00 is the next midnight; a leap second is its minute's end.
    local = day + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    offset = _offset(zone)
    if offset is None:
        return Reading(local, "naive")
    return Reading(local.replace(tzinfo=timezone(offset)).astimezone(UTC), "exact")


def _offset(zone: str) -> timedelta | None:
    if match := _OFFSET.fullmatch(zone.strip()):
        hours, minutes = match["hours"], match["minutes"] or "0"
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return -ahead if match["sign"] == "-" else ahead
    hours_east = ZONES.get(zone.strip().removeprefix("etc/"))
    return None if hours_east is None else timedelta(hours=hours_east)
