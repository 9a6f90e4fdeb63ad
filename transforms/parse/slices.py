"""Substitution in long texts at bounded memory."""

import re
from collections.abc import Callable

_SLICE = 1 << 16
_REFERENCE = 40
"""Longest reference to a character that is looked for at the end of a slice."""


def substitute_references(pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str) -> str:
    """Replaces references to characters (`&...;`), slice by slice: a substitution keeps a string for each it makes."""
    slices: list[str] = []
    position = 0
    while position < len(text):
        end = position + _SLICE
        ampersand = text.rfind("&", max(position + 1, end - _REFERENCE), end)
        end = ampersand if ampersand != -1 else end
        slices.append(pattern.sub(replace, text[position:end]))
        position = end
    return "".join(slices)
