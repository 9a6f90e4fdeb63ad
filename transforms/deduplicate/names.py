"""The names of a text, as far as capital letters tell them."""

import re

_CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_CALENDAR = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "est", "edt", "gmt"),
    }
)


def capitalised(text: str) -> list[str]:
    """Distinct capitalised words but those of the calendar, folded, in order of first mention."""
    found = dict.fromkeys(match.casefold() for match in _CAPITALISED.findall(text) if match[0].isupper())
    return [word for word in found if word not in _CALENDAR]
