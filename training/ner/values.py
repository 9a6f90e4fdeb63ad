"""Patterns of dates, sums of money and laws for the entity ruler that travels inside the model.

They are spaCy token patterns, so the saved pipeline needs nothing of this project. The matcher tries every pattern at
every token: few patterns with optional tokens are three times as fast as the same spelled out.
"""

import tomllib
from pathlib import Path
from typing import Any

Token = dict[str, Any]
Pattern = dict[str, Any]

_WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "values.toml").read_text(encoding="utf-8"))
_MONTHS, _DAYS, _AMBIGUOUS = _WORDS["months"], _WORDS["days"], _WORDS["ambiguous_months"]
_CURRENCIES, _CODES = _WORDS["currencies"], _WORDS["codes"]


def _either_case(words: list[str]) -> list[str]:
    return [*words, *(w.upper() for w in words)]


_SHORT = [*_WORDS["short_months"], *(f"{m}." for m in _WORDS["short_months"])]
_MONTH: Token = {"TEXT": {"IN": _either_case([*_MONTHS, *_SHORT])}}
_WEEKDAY: Token = {"TEXT": {"IN": _either_case([*_DAYS, *(f"{d}s" for d in _DAYS)])}}
_DAY: Token = {"LOWER": {"REGEX": r"^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$"}}
_YEAR: Token = {"TEXT": {"REGEX": r"^(?:1[5-9]|20)\d\d$"}}
_COMMA: Token = {"ORTH": ",", "OP": "?"}
_OF: Token = {"LOWER": "of", "OP": "?"}
_RANGE: Token = {"LOWER": {"IN": ["-", "\u2013", "to", "and", "/", "through", "or"]}}


def _dates() -> list[list[Token]]:
    alone = "|".join(m for m in _MONTHS if m not in _AMBIGUOUS)
    days = "|".join(_either_case(_DAYS))
    single = (
        rf"^(?:(?:{days})s?|{alone}|(?:1[5-9]|20)\d\d(?:[-\u2013/](?:19|20)?\d\d)?|(?:1[5-9]|20)\d0s"
        r"|\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)$"
    )
    return [
        [{"TEXT": {"REGEX": single}}],
        [_WEEKDAY, _COMMA, _MONTH, _DAY],
        [_WEEKDAY, _COMMA, _MONTH, _DAY, _COMMA, _YEAR],
        [_MONTH, _DAY],
        [_MONTH, _DAY, _COMMA, _YEAR],
        [_MONTH, _DAY, _RANGE, _DAY],
        [_DAY, _OF, _MONTH],
        [_DAY, _OF, _MONTH, _COMMA, _YEAR],
        [_DAY, _RANGE, _DAY, _MONTH],
        [_MONTH, _OF, _COMMA, _YEAR],
        [_MONTH, _DAY, _RANGE, _DAY, _COMMA, _YEAR],
        [{"LOWER": {"IN": ["early", "late", "mid"]}}, {"ORTH": "-", "OP": "?"}, _MONTH],
        [{"LOWER": {"IN": ["last", "next", "this"]}}, {"TEXT": {"IN": _AMBIGUOUS}}],
        [_YEAR, {"TEXT": {"IN": ["-", "\u2013", "/"]}}, {"TEXT": {"REGEX": r"^(?:(?:1[5-9]|20)?\d\d)$"}}],
    ]


def _sums() -> list[list[Token]]:
    number: Token = {"TEXT": {"REGEX": r"^\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?$"}}
    scale: Token = {"LOWER": {"IN": _WORDS["scales"]}}
    nation: Token = {"TEXT": {"IN": _WORDS["nations"]}, "OP": "?"}
    currency: Token = {"TEXT": {"IN": [*_CURRENCIES, *_CODES]}}
    amount = r"\$?\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?"
    glued = rf"^(?:US|A|C|S|HK|NT|NZ|R|AU|CA|Z|RM|Rs\.?|N|KSh|Ksh|GH¢|Sh|Tk|Rp|USD|EUR|[€£$₹₦¥]){amount}$"
    prefix: Token = {"TEXT": {"IN": ["US", "A", "C", "S", "HK", "NT", "NZ", "R", "AU", "CA", "U.S.", "Z"]}, "OP": "?"}
    return [
        [prefix, {"TEXT": {"IN": [*_WORDS["symbols"], *_CODES]}}, number, {**scale, "OP": "?"}],
        [{"TEXT": {"IN": _WORDS["symbols"]}}, number, {"TEXT": {"IN": ["-", "\u2013"]}}, scale],
        [{"TEXT": {"REGEX": glued}}, {**scale, "OP": "?"}],
        [number, {**scale, "OP": "?"}, nation, nation, currency],
        [{"LOWER": {"IN": _WORDS["numbers"]}, "OP": "+"}, nation, {"LOWER": {"IN": _CURRENCIES}}],
    ]


def _laws() -> list[list[Token]]:
    name: Token = {"IS_TITLE": True, "TEXT": {"NOT_IN": ["The", "A", "An", "This", "That", "Under", "In"]}, "OP": "+"}
    head: Token = {
        "TEXT": {
            "IN": ["Act", "Treaty", "Convention", "Protocol", "Accords", "Code", "Ordinance", "Covenant", "Bill", "Law"]
        }
    }
    kind: Token = {"TEXT": {"IN": ["Treaty", "Convention", "Statute", "Law"]}}
    section: Token = {"TEXT": {"IN": ["Article", "Section", "Chapter"]}}
    count: Token = {"TEXT": {"REGEX": r"^\d+[A-Za-z]?(?:[.(]\d+\)?)?$"}}
    return [
        [name, head],
        [name, head, {"LOWER": "of"}, _YEAR],
        [kind, {"LOWER": {"IN": ["of", "on"]}}, {"LOWER": "the", "OP": "?"}, name],
        [section, count],
        [
            section,
            count,
            {"LOWER": "of"},
            {"LOWER": "the"},
            {"LOWER": {"IN": ["criminal", "penal"]}},
            {"LOWER": "code"},
        ],
    ]


def sum_patterns() -> list[Pattern]:
    """Sums of money: certain enough to be found before names are."""
    return [{"label": "MONEY", "pattern": tokens} for tokens in _sums()]


def date_and_law_patterns() -> list[Pattern]:
    """Dates and laws: found where no name is, for people are called April and May."""
    rules = {"DATE": _dates(), "LAW": _laws()}
    return [{"label": label, "pattern": tokens} for label, patterns in rules.items() for tokens in patterns]
