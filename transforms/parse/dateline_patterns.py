"""The forms of datelines, bylines and closing credits, and the tables they are built from."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.agencies import agencies

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
# Beside an agency any word will do for the month: "24 SET (ANSA)".
_ANY_DATE = rf"(?:{_DATE}|\d{{1,2}}\.?\s+(?:de\s+)?[^\W\d_]{{3,10}}\.?(?:\s+\d{{4}})?)"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'\u2019-]+(?:[ /](?:[A-ZÀ-Þ][A-ZÀ-Þ.'\u2019-]*|de|of|the|and|al|el)){0,3}"
_NAME = r"[A-ZÀ-Þ][\w.'\u2019-]*(?:[ /](?:[A-ZÀ-Þ][\w.'\u2019-]*|de|del|di|of|the|and|al|el|am|an|der)){0,3}"
_LONG_DASH = r"(?:--+|[\u2013\u2014\u2015])"
_DASH = rf"(?:\s*\.?\s*(?:{_LONG_DASH}|-)\s*)"


@cache
def agency_ids() -> dict[str, str]:
    """Spelling of an agency, lower case, to its id."""
    return {name.casefold(): agency.id for agency in agencies() for name in (*agency.names, *agency.credits)}


@cache
def places() -> frozenset[str]:
    """Countries, capitals and other cities known to stand in datelines, lower case."""
    countries = _table("countries.toml").values()
    known = (name for country in countries for name in (country["name"], *country.get("capitals", [])))
    return frozenset(name.casefold() for name in (*known, *_table("datelines.toml")["cities"]))


@cache
def not_places() -> frozenset[str]:
    """Words in capitals that open a text and are no place, lower case."""
    return frozenset(map(str, _table("datelines.toml")["not_places"]))


@cache
def credited_openings() -> tuple[re.Pattern[str], ...]:
    """Openings that name an agency."""
    agency = rf"(?P<agency>{_agencies()})"
    parenthesis = rf"\(\s*{agency}(?:\s*[/,]\s*[^)\n]{{0,40}}|\s+[^)\n]{{0,40}})?\s*\)"
    where = rf"(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}})"
    dated = rf"\s*(?:{where}\s*[,.]?\s+)??(?:{_ANY_DATE}\s*[,.]?\s+)?"
    return tuple(
        re.compile(form)
        for form in (
            # SEOUL, Aug. 22 (Yonhap) --    MOSCOW. March 5 (Interfax) -    Paris (AFP) -    Madrid, 5 mar (EFE).-
            rf"{dated}{parenthesis}(?:{_DASH}|\s*[:.]\s*|\s*\n\s*)",
            # MOSCOW, March 5. /TASS/.
            rf"{dated}/{agency}/[.:]?{_DASH}?\s*",
            # TOKYO, March 5, Kyodo -
            rf"\s*{where},\s+(?:{_ANY_DATE},\s+)?{agency}{_DASH}",
            # AP -    Reuters:
            rf"\s*{agency}(?:\s*{_LONG_DASH}\s*|\s+-\s*|:\s+)",
        )
    )


@cache
def plain_openings() -> tuple[re.Pattern[str], ...]:
    """Openings that name a place or a day, perhaps an agency of no table; `colon` is weaker evidence than a dash."""
    capitals = rf"(?P<place>{_CAPITALS}(?:,\s(?:{_CAPITALS}|{_NAME})){{0,2}})"
    where = rf"(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}})"
    unlisted = r"\((?P<unlisted>[A-ZÀ-Þ][^\W\d_]+(?:[ .&-]+[^\W\d_]+){0,4})\)"
    return tuple(
        re.compile(form)
        for form in (
            # VESTMARK (Coastal News) --    Skarn, March 5 (Coastal News) -
            rf"\s*{capitals}(?:[,.]?\s+{_DATE})?\s+{unlisted}{_DASH}",
            rf"\s*{where},\s+{_DATE}\s+{unlisted}{_DASH}",
            # WASHINGTON, March 5 --    NEW DELHI:
            rf"\s*{capitals}(?:[,.]?\s+{_DATE})?(?:\s*{_LONG_DASH}\s*|\s+-\s+|(?P<colon>\s*:)\s+)",
            # Mumbai, Aug 22:
            rf"\s*{where},\s+{_DATE}(?:{_DASH}|\s*:\s*)",
            # Aug 22 :
            rf"\s*{_DATE}\s*(?:{_LONG_DASH}|:)\s*",
        )
    )


@cache
def byline() -> re.Pattern[str]:
    """A first line such as "By Jane Doe, Associated Press"."""
    person = r"[^\n.,|]{2,60}"
    return re.compile(
        rf"\s*(?:By|BY)\s+(?:(?P<agency>{_agencies()})(?:\s+Staff)?|{person}(?:[,|]\s*(?P<employer>{_agencies()}))?)"
        rf"(?:\s+(?i:staff|writers?|correspondent)){{0,2}}\s*\n+"
    )


@cache
def author_credit() -> re.Pattern[str]:
    """An author's name that is an agency's, or ends in one: "Reuters Staff", "Jane Doe, Associated Press"."""
    return re.compile(
        rf"(?:by\s+)?(?:[^,|/(]{{2,60}}[,|/(]\s*)?(?:the\s+)?(?P<agency>{_agencies()})"
        r"(?:\s+(?:staff|writers?|news(?: agency)?|editorial)|\.com)*\)?",
        re.IGNORECASE,
    )


@cache
def closing_credit() -> re.Pattern[str]:
    """What may close a text: "(Yonhap)", "- AFP" on a line of its own, "(Reporting by ...)", "(END)"."""
    parenthesis = rf"\(\s*(?P<agency>{_agencies()})\s*\)"
    # Who gave inputs did not write the text.
    inputs = r"\(\s*(?i:with\s+(?:agency\s+)?(?:inputs?\s+)?from)\s[^)\n]{1,60}\)"
    signed = rf"\n\s*(?:{_LONG_DASH}|-)\s*(?:with\s+)?(?P<signed>{_agencies()})"
    editors = r"[;.]?\s*(?i:writing|editing|additional\s+reporting)\s+by\s"
    reporters = rf"(?:(?!{editors})[^\n]){{1,200}}"
    reporting = rf"(?:\n\s*|\(\s*)(?i:reporting)\s+by\s{reporters}(?P<editing>{editors}[^\n]{{1,200}})?"
    return re.compile(rf"\s*(?:{parenthesis}|{inputs}|{signed}|{reporting}|\(END\))\s*$")


def _agencies() -> str:
    longest_first = sorted(agency_ids(), key=len, reverse=True)
    return "(?i:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("schemas").joinpath("data", name).read_text(encoding="utf-8"))
