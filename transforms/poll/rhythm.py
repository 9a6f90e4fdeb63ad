"""How often a feed is worth asking, found from how much of it was already known."""

from datetime import datetime, timedelta
from random import Random

from schemas.memory import FeedMemory

FLOOR_S = 10 * 60
CEILING_S = 24 * 3600
FIRST_S = 30 * 60
"""Until the feed has shown its own rhythm."""

_ENOUGH, _PLENTY = 0.33, 0.67
"""Share of known items a poll should find: enough that none was lost between, few enough that it was worth it."""
_LONGER_S = 10 * 60
_MUCH_LONGER_S = 60 * 60
_DORMANT = timedelta(days=31)
_GAP_WEIGHT = 0.25
_SILENT_GAPS = 10
_SILENT_AT_LEAST = timedelta(days=3)


def next_interval_s(interval_s: int | None, overlap: float | None, *, dormant: bool = False) -> int:
    """The interval that steers towards 33 to 67 % known items: longer by steps, shorter by halves.

    Args:
        interval_s: the one so far, None if none was found yet.
        overlap: share of the items that were known, None if nothing was known before.
        dormant: whether nothing new came for a month.
    """
    if interval_s is None or overlap is None:
        return interval_s or FIRST_S
    if overlap == 0:  # nothing in common with the last poll: items were probably lost between
        interval_s //= 4
    elif overlap < _ENOUGH:
        interval_s //= 2
    elif overlap > _PLENTY:
        interval_s += _MUCH_LONGER_S if dormant else _LONGER_S
    return min(max(interval_s, FLOOR_S), CEILING_S)


def backed_off_s(interval_s: int | None, failures: float) -> int:
    """The interval after weighted failures in a row: grows by itself with each, never ends."""
    return min(int((interval_s or FIRST_S) * (1 + failures)), CEILING_S)


def jitter_s(interval_s: float, random: Random) -> float:
    """Up to 10 % of the interval and half an hour, so that feeds do not march in step."""
    return random.uniform(0, min(interval_s / 10, 1800))


def usual_gap_s(memory: FeedMemory, new_items: int, now: datetime) -> float | None:
    """The usual time between new items, a moving average over the polls that brought some."""
    if memory.last_new_at is None or new_items == 0:
        return memory.new_item_gap_s
    gap = (now - memory.last_new_at).total_seconds() / new_items
    return gap if memory.new_item_gap_s is None else memory.new_item_gap_s + _GAP_WEIGHT * (gap - memory.new_item_gap_s)


def is_dormant(memory: FeedMemory, now: datetime) -> bool:
    """Whether nothing new came for a month."""
    return memory.last_new_at is not None and now - memory.last_new_at > _DORMANT


def is_silent(memory: FeedMemory, now: datetime) -> bool:
    """Whether a feed has been without news for much longer than it usually is: it may have moved or broken."""
    if memory.last_new_at is None or memory.new_item_gap_s is None:
        return False
    return now - memory.last_new_at > max(_SILENT_AT_LEAST, _SILENT_GAPS * timedelta(seconds=memory.new_item_gap_s))
