"""What HTTP headers say about how long an answer stays good and when to come back."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?(\d{1,10})", re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])", re.IGNORECASE)
_CLOCK_SKEW = timedelta(minutes=5)


def validators(headers: Mapping[str, str], now: datetime) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, verbatim: they are opaque and go back as they came.

    Neither where the answer expires at once by `Expires: 0`, as its sender wants no cache (miniflux); no Last-Modified
    that lies in the future, as it would be answered 304 until then (miniflux#51).
    """
    if headers.get("expires", "").strip() == "0":
        return None, None
    last_modified = headers.get("last-modified")
    changed_at = http_date(last_modified)
    if changed_at and changed_at > now + _CLOCK_SKEW:
        last_modified = None
    return headers.get("etag"), last_modified


def lifetime_s(headers: Mapping[str, str]) -> int:
    """Seconds for which asking again is pointless: max-age, else Expires relative to the server's own Date; else 0."""
    control = headers.get("cache-control", "")
    if _UNCACHED.search(control):
        return 0
    if age := _MAX_AGE.search(control):
        return int(age[1])
    expires, date = http_date(headers.get("expires")), http_date(headers.get("date"))
    return max(0, int((expires - date).total_seconds())) if expires and date else 0


def retry_after_s(headers: Mapping[str, str], now: datetime) -> int | None:
    """Seconds a Retry-After header asks to wait, from a number or a date; None if it says nothing readable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return int(value[:10])
    until = http_date(value)
    return max(0, int((until - now).total_seconds())) if until else None


def http_date(value: str | None) -> datetime | None:
    """A date of HTTP as UTC; None if it is none."""
    try:
        date = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
