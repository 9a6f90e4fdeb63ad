"""Datelines and credits: where a text was filed, and by which agency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schemas.agencies import agencies

_OPENING = 240
_CLOSING = 400

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
_CAPITALS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'\u2019-]+|D\.C\.)(?:[ /](?:[A-ZÀ-Þ][A-ZÀ-Þ.'\u2019-]*|de|of|the|and|al|el))*"
_NAME = r"[A-ZÀ-Þ][\w.'\u2019-]*(?:[ /](?:[A-ZÀ-Þ][\w.'\u2019-]*|de|del|di|of|the|and|al|el|am|an|der)){0,3}"
_DASH = r"(?:\s*(?:--+|[-\u2013\u2014\u2015])\s*)"


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands around a text: its place, its agency, and where the text itself begins and ends."""

    place: str | None
    agency: str | None
    """Agency id of schemas/data/agencies.toml."""
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
    byline = _byline().match(text[:_OPENING])
    start = byline.end() if byline else 0
    opening = text[start : start + _OPENING]
    dateline = next((match for pattern in _openings() if (match := pattern.match(opening))), None)
    found = dateline.groupdict() if dateline else {}
    body_start = start + (dateline.end() if dateline else 0)
    body_end, closing_agency = _closing(text, body_start)
    named = [found.get("agency"), byline["agency"] if byline else None]
    agency = next((id_ for name in named if name and (id_ := _id(name))), closing_agency)
    return Dateline(_spelled(found.get("place")), agency, body_start, body_end)


def credited_agency(names: Iterable[str]) -> str | None:
    """The agency among names of authors or sources ("By Reuters Staff", "AFP"); None without one."""
    for name in names:
        match = _credit().fullmatch(name.strip())
        if match:
            return _id(match["agency"])
    return None


def _closing(text: str, body_start: int) -> tuple[int, str | None]:
    tail_start = max(body_start, len(text) - _CLOSING)
    agency = None
    end = len(text)
    # Credits stand in layers: "(Reporting by ...)" and after it "(Reuters)".
    while match := _trailer().search(text[tail_start:end]):
        end = tail_start + match.start()
        agency = agency or (_id(match["agency"]) if match["agency"] else "reuters" if match["editing"] else None)
    return end, agency


def _spelled(place: str | None) -> str | None:
    if place is None:
        return None
    words = re.split(r"([ /,]+)", place.strip(" ,."))
    return "".join(word.capitalize() if word.isupper() and "." not in word else word for word in words)


def _id(name: str) -> str | None:
    return _ids().get(name) or _ids().get(name.casefold())


@cache
def _ids() -> dict[str, str]:
    ids = {name: agency.id for agency in agencies() for name in (*agency.names, *agency.credits)}
    return ids | {name.casefold(): id_ for name, id_ in ids.items()}


@cache
def _agency() -> str:
    names = sorted({name for agency in agencies() for name in (*agency.names, *agency.credits)}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name) for name in names) + ")"


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    agency = rf"(?P<agency>(?i:{_agency()}))"
    parenthesis = rf"\({agency}(?:[/,\s][^)\n]{{0,40}})?\)"
    where = rf"(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}})"
    capitals = rf"(?P<place>{_CAPITALS}(?:,\s(?:{_CAPITALS}|{_NAME})){{0,2}})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            # SEOUL, Aug. 22 (Yonhap) --    MOSCOW. March 5 (Interfax) -    Paris (AFP) -
            rf"\s*(?:{where}[,.]?\s+)??(?:{_DATE}[,.]?\s+)?{parenthesis}(?:{_DASH}|\s*[:.]\s*|\s+)",
            # MOSCOW, March 5. /TASS/.
            rf"\s*(?:{where}[,.]?\s+)??(?:{_DATE}[,.]?\s+)?/{agency}/[.:]?{_DASH}?\s*",
            # TOKYO, March 5, Kyodo -
            rf"\s*{where},\s+(?:{_DATE},\s+)?{agency}{_DASH}",
            # AP -    Reuters:
            rf"\s*{agency}(?:\s*(?:--+|[\u2013\u2014\u2015])\s*|\s+-\s*|:\s+)",
            # WASHINGTON, March 5 --    NEW DELHI:
            rf"\s*{capitals}(?:[,.]?\s+{_DATE})?(?:\s*(?:--+|[\u2013\u2014\u2015])\s*|\s+-\s+|\s*:\s+)",
            # Mumbai, Aug 22:
            rf"\s*{where},\s+{_DATE}(?:{_DASH}|\s*:\s*)",
            # Aug 22 :
            rf"\s*{_DATE}\s*(?:--+|[\u2013\u2014\u2015:])\s*",
        )
    )


@cache
def _byline() -> re.Pattern[str]:
    person = r"[^\n.,|]{2,60}"
    return re.compile(
        rf"\s*(?:By|BY)\s+(?:(?P<agency>(?i:{_agency()}))(?:\s+Staff)?|{person}(?:[,|]\s*(?i:{_agency()}))?)"
        rf"(?:\s+(?i:staff|writers?|correspondent)){{0,2}}\s*\n+"
    )


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"(?:by\s+)?(?:[^,|/(]{{2,60}}[,|/(]\s*)?(?:the\s+)?(?P<agency>(?i:{_agency()}))"
        rf"(?:\s+(?:staff|writers?|news(?: agency)?|\.com|editorial)|\.com)*\)?",
        re.IGNORECASE,
    )


@cache
def _trailer() -> re.Pattern[str]:
    agency = rf"(?P<agency>(?i:{_agency()}))"
    editing = r"(?P<editing>;?\s*(?:writing|editing|additional reporting)\s+by\b)"
    return re.compile(
        rf"(?:\s*\((?:with\s+(?:inputs?\s+)?from\s+)?{agency}\)\s*|\s*\n\s*(?:--?|[\u2013\u2014])\s*(?:with\s+)?(?i:{_agency()})\s*"
        rf"|\s*\(?(?i:reporting)\s+by\s[^\n]{{0,200}}?(?:(?i:{editing})[^\n]*)?\)?\s*|\s*\(END\)\s*)$"
    )
