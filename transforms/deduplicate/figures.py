"""The figures of a text, read as values: 1.98 mln is 1,981,681."""

import re
from collections.abc import Iterable, Sequence

TOLERANCE = 0.006
"""Relative difference that rounding to three digits explains."""

_SCALES = {
    **dict.fromkeys(("k", "thousand"), 1e3),
    **dict.fromkeys(("m", "mn", "mln", "million", "millions"), 1e6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions"), 1e9),
    **dict.fromkeys(("tn", "trln", "trillion"), 1e12),
}
# "One" is more often a pronoun than a figure.
_SPELLED = {
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "eleven": 11.0,
    "twelve": 12.0,
}
_ROUNDED = 10_000
"""Whole numbers below this are given exactly: 300 is not 301."""
_LARGEST = 1e18
"""A longer row of digits is an identifier, not a figure."""
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def figures(words: Sequence[str], limit: int) -> list[float]:
    """Distinct values in the order of their first mention, at most `limit`.

    Args:
        words: folded words, numbers among them.
        limit: most values wanted.
    """
    values: dict[float, None] = {}
    for place, word in enumerate(words, 1):
        number = _SPELLED.get(word) if word > "a" else _number(word)
        if number is None:
            continue
        value = number * (_SCALES.get(words[place], 1.0) if place < len(words) else 1.0)
        if value <= _LARGEST:
            values.setdefault(value)
        if len(values) == limit:
            break
    return list(values)


def found_in(wanted: Iterable[float], values: Sequence[float]) -> int:
    """How many of the wanted values occur among the others, within rounding."""
    return sum(any(_agree(one, other) for other in values) for one in wanted)


def _agree(one: float, other: float) -> bool:
    if one == other:
        return True
    larger = max(one, other)
    rounded = larger >= _ROUNDED or not (one.is_integer() and other.is_integer())
    return rounded and abs(one - other) <= TOLERANCE * larger


def _number(digits: str) -> float | None:
    if not digits[0].isdecimal():
        return None
    if _THOUSANDS.fullmatch(digits):
        return float(digits.replace(",", ""))
    try:
        return float(digits.replace(",", "."))
    except ValueError:  # a date or a version: 5.3.2026
        return None
