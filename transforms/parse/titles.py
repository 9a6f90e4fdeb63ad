"""Headlines as plain text."""

import re

from transforms.parse.text import one_line, to_text

_DASHES = re.compile(r"\s+[-|\u2013\u2014]\s+")


def clean_title(markup: str, source: str | None = None) -> str:
    """The headline on one line, without tags.

    A suffix such as " - Reuters" goes only where the feed names that source beside the entry (`<source>`): a dash
    and a name may as well belong to the headline.
    """
    title = one_line(to_text(markup))
    outlet = one_line(to_text(source)) if source else ""
    *_, last = _DASHES.finditer(title) if outlet else [None]
    if last and title[last.end() :].casefold() == outlet.casefold():
        return title[: last.start()].rstrip()
    return title
