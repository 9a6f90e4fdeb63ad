"""Datelines and credits: where a text was filed, and by which agency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transforms.parse.dateline_patterns import (
    agency_ids,
    author_credit,
    byline,
    closing_credit,
    credited_openings,
    not_places,
    places,
    plain_openings,
)

_OPENING = 240
_CLOSING = 500


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands around a text: its place, its agency, and where the text itself begins and ends."""

    place: str | None
    agency: str | None
    """Id in schemas/data/agencies.toml, or the name as it stands in the dateline of an agency that is not listed."""
    body_start: int
    """Offset after dateline and byline; 0 without."""
    body_end: int
    """Offset of the closing credit; the length of the text without."""


def split_dateline(text: str) -> Dateline:
    """Finds the dateline or credit at the opening, and the credit at the end.

    Recognises `SEOUL, Aug. 22 (Yonhap) -- `, `MOSCOW, March 5. /TASS/. `, `AP - `, `WASHINGTON \u2014 `, a byline
    before any of them; and as closing `(Yonhap)`, `- AFP`, `(Reporting by ...)`. An agency named inside a sentence
    ("he told CNN") is neither.
    """
    author = byline().match(text[:_OPENING])
    start = author.end() if author else 0
    opening = text[start : start + _OPENING]
    dateline = _first(credited_openings(), opening) or _plain(opening)
    found = dateline.groupdict() if dateline else {}
    body_start = start + (dateline.end() if dateline else 0)
    body_end, closing = _closing(text, body_start)
    named = (found.get("agency"), author and author["agency"], author and author["employer"])
    agency = next((agency_ids()[name.casefold()] for name in named if name), closing) or found.get("unlisted")
    return Dateline(_spelled(found.get("place")), agency, body_start, body_end)


def credited_agency(names: Iterable[str]) -> str | None:
    """The agency among names of authors or sources ("By Reuters Staff", "AFP"); None without one."""
    matches = (author_credit().fullmatch(name.strip()) for name in names)
    return next((agency_ids()[match["agency"].casefold()] for match in matches if match), None)


def _first(forms: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.match(text))), None)


def _plain(opening: str) -> re.Match[str] | None:
    match = _first(plain_openings(), opening)
    found = match.groupdict() if match else {}
    place = found.get("place")
    if place is None:
        return match
    first = re.split(r"[,/]", place)[0].strip(" .").casefold()
    # A colon also follows labels and speakers: "EXCLUSIVE:", "BIDEN:".
    believed = first in places() if found.get("colon") else first not in not_places()
    return match if believed else None


def _closing(text: str, body_start: int) -> tuple[int, str | None]:
    tail_start = max(body_start, len(text) - _CLOSING)
    agency = None
    end = len(text)
    # Credits stand in layers: "(Reporting by ...)" and after it "(END)".
    while match := closing_credit().search(text[tail_start:end]):
        end = tail_start + match.start()
        name = match["agency"] or match["signed"]
        # Only Reuters closes with "Reporting by ...; Editing by ...".
        agency = agency or (agency_ids()[name.casefold()] if name else "reuters" if match["editing"] else None)
    return end, agency


def _spelled(place: str | None) -> str | None:
    """The place in lower case with capitals, without its region: one place has one name."""
    if place is None:
        return None
    words = re.split(r"([ /-]+)", place.partition(",")[0].strip())
    spelled = "".join(word if "." in word[:-1] else _spelled_word(word) for word in words)
    spelled = spelled[:1].upper() + spelled[1:]
    return spelled if "." in spelled[:-1].rpartition(" ")[2] else spelled.rstrip(".")


def _spelled_word(word: str) -> str:
    if not word.isupper():
        return word
    return word.lower() if word in {"DE", "OF", "THE", "AND", "AL", "EL"} else word.capitalize()
