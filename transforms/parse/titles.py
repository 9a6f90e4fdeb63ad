"""Headlines as plain text."""

from transforms.parse.text import one_line, to_text

_SEPARATORS = ("-", "|", "\u2013", "\u2014")


def clean_title(markup: str, source: str | None = None) -> str:
    """The headline on one line, without tags.

    A suffix such as " - Reuters" goes only where the feed names that source beside the entry (`<source>`): a dash
    and a name may as well belong to the headline.
    """
    title = one_line(to_text(markup))
    outlet = one_line(to_text(source)) if source else ""
    if not outlet or not title.casefold().endswith(f" {outlet.casefold()}"):
        return title
    headline = title[: -len(outlet)].rstrip()
    return headline[:-1].rstrip() if headline.endswith(_SEPARATORS) and headline[:-1].endswith(" ") else title
