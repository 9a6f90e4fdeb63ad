"""The names of a text, as far as capital letters tell them."""

import re

_NAME = re.compile(r"(?<=[\w,;)'\u2019\u201d-]\s)(?:[\"'\u201c\u2018(])?([^\W\d_a-z][^\W\d_]{2,})")
_NOT_A_NAME = frozenset(
    {
        *("the", "and", "but", "for", "not", "with", "from", "this", "that", "his", "her", "they", "their", "mrs"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "est", "edt", "gmt"),
    }
)


def names(text: str, limit: int) -> list[str]:
    """Distinct capitalised words that do not open a sentence, folded, in order of first mention."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        name = match[1]
        if name[0].isupper() and (folded := name.casefold()) not in _NOT_A_NAME:
            found.setdefault(folded)
            if len(found) == limit:
                break
    return list(found)
