"""Patterns of dates, sums of money and laws for the entity ruler that travels inside the model.

They are spaCy token patterns, so the saved pipeline needs nothing of this project.
"""

from typing import Any

Token = dict[str, Any]
Pattern = dict[str, Any]

_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_CURRENCIES = """dollar dollars euro euros pound pounds yen yuan renminbi ruble rubles rouble roubles rupee rupees won peso pesos
    real reais rand naira shilling shillings franc francs lira liras dinar dinars dirham dirhams riyal riyals rial rials
    rupiah ringgit baht dong taka krona kronor krone kroner zloty forint hryvnia hryvnias shekel shekels bolivar bolivars
    cedi cedis kwacha birr tenge leu lei lev leva koruna crore lakh cent cents pence dlrs euros""".split()
_SYMBOLS = [
    "$",
    "€",
    "£",
    "¥",
    "₹",
    "₦",
    "₩",
    "₽",
    "₱",
    "฿",
    "₺",
    "₪",
    "₫",
    "₴",
    "₵",
    "R$",
    "US$",
    "A$",
    "C$",
    "S$",
    "HK$",
    "NT$",
    "NZ$",
    "AU$",
    "CA$",
    "Z$",
]
_CODES = "USD EUR GBP JPY CNY INR RUB KRW BRL ZAR NGN CHF AED SAR QAR PKR BDT Rs RM Rp Tk Sh KSh Ksh GH¢ TL RMB KES UGX TZS IDR MXN Dh Dhs AFN Rs. N".split()
_SCALES = "thousand million billion trillion crore lakh bn mn tn m b k".split()
_WORDS = """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion trillion""".split()

MONTH: Token = {"LOWER": {"IN": _MONTHS}, "SHAPE": {"IN": ["Xxxx", "Xxxxx", "Xxx", "XXXX", "XXX"]}}
_ABBREVIATED: Token = {"LOWER": {"REGEX": rf"^(?:{'|'.join(_SHORT_MONTHS)})\.?$"}, "IS_TITLE": True}
_ANY_MONTH: Token = {
    "LOWER": {"REGEX": rf"^(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\.?)$"},
    "SHAPE": {"REGEX": "^X"},
}
_DAY_NUMBER: Token = {"LOWER": {"REGEX": r"^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$"}}
_YEAR: Token = {"TEXT": {"REGEX": r"^(?:1[5-9]|20)\d\d$"}}
_COMMA: Token = {"ORTH": ",", "OP": "?"}
_WEEKDAY: Token = {"LOWER": {"REGEX": rf"^(?:{'|'.join(_DAYS)})s?$"}, "SHAPE": {"REGEX": "^X"}}
_SHORT_WEEKDAY: Token = {"TEXT": {"REGEX": r"^(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?$"}}


def _pattern(label: str, *tokens: Token) -> Pattern:
    return {"label": label, "pattern": list(tokens)}


def _dates() -> list[Pattern]:
    to: Token = {"LOWER": {"IN": ["-", "–", "to", "and", "/", "through", "or"]}}
    early: Token = {"LOWER": {"IN": ["early", "late", "mid", "mid-"]}}
    dates = [
        (_WEEKDAY,),
        (_WEEKDAY, _COMMA, _ANY_MONTH, _DAY_NUMBER),
        (_WEEKDAY, _COMMA, _ANY_MONTH, _DAY_NUMBER, _COMMA, _YEAR),
        (_SHORT_WEEKDAY, _COMMA, _ANY_MONTH, _DAY_NUMBER),
        (_ANY_MONTH, _DAY_NUMBER),
        (_ANY_MONTH, _DAY_NUMBER, to, _DAY_NUMBER),
        (_ANY_MONTH, _DAY_NUMBER, _COMMA, _YEAR),
        (_ANY_MONTH, _DAY_NUMBER, to, _DAY_NUMBER, _COMMA, _YEAR),
        (_DAY_NUMBER, _ANY_MONTH),
        (_DAY_NUMBER, {"LOWER": "of"}, _ANY_MONTH),
        (_DAY_NUMBER, to, _DAY_NUMBER, _ANY_MONTH),
        (_DAY_NUMBER, _ANY_MONTH, _COMMA, _YEAR),
        (_DAY_NUMBER, to, _DAY_NUMBER, _ANY_MONTH, _COMMA, _YEAR),
        (_DAY_NUMBER, {"LOWER": "of"}, _ANY_MONTH, _COMMA, _YEAR),
        (_ANY_MONTH, _COMMA, _YEAR),
        (_ANY_MONTH, {"LOWER": "of"}, _YEAR),
        (_ANY_MONTH, to, _ANY_MONTH, _YEAR),
        (early, _ANY_MONTH),
        ({"LOWER": {"REGEX": rf"^mid-(?:{'|'.join(_MONTHS)})$"}},),
        ({"LOWER": "mid"}, {"ORTH": "-"}, _ANY_MONTH),
        # "May" and "March" are words too: a month alone needs its capital and, for those, a preposition (below).
        ({"TEXT": {"IN": [m.title() for m in _MONTHS if m not in {"may", "march"}]}},),
        (_YEAR,),
        ({"TEXT": {"REGEX": r"^(?:1[5-9]|20)\d\d(?:[-–/](?:19|20)?\d\d)$"}},),
        (
            {"TEXT": {"REGEX": r"^(?:1[5-9]|20)\d\d$"}},
            {"TEXT": {"IN": ["-", "–", "/"]}},
            {"TEXT": {"REGEX": r"^(?:(?:1[5-9]|20)?\d\d)$"}},
        ),
        ({"LOWER": {"REGEX": r"^(?:1[5-9]|20)\d0s$"}},),
        ({"TEXT": {"REGEX": r"^\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d$"}},),
        ({"TEXT": {"REGEX": r"^(?:19|20)\d\d-\d\d-\d\d$"}},),
    ]
    months = [m.title() for m in ("may", "march")]
    qualified: list[tuple[Token, ...]] = [
        ({"LOWER": {"IN": ["last", "next", "this", "early", "late"]}}, {"TEXT": {"IN": months}}),
    ]
    return [_pattern("DATE", *tokens) for tokens in [*dates, *qualified]]


def _money() -> list[Pattern]:
    symbol: Token = {"TEXT": {"IN": _SYMBOLS}}
    code: Token = {"TEXT": {"IN": _CODES}}
    number: Token = {"TEXT": {"REGEX": r"^\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?$"}}
    scale: Token = {"LOWER": {"IN": _SCALES}}
    dash: Token = {"TEXT": {"IN": ["-", "–"]}}
    currency: Token = {"LOWER": {"IN": _CURRENCIES}}
    national: Token = {"TEXT": {"REGEX": r"^(?:US|U\.S\.|[A-Z][a-z]+(?:an|ese|ish|ss|i|ian|ean|ic|ch|sh))$"}}
    word: Token = {"LOWER": {"IN": _WORDS}, "OP": "+"}
    glued: Token = {
        "TEXT": {
            "REGEX": r"^(?:US|A|C|S|HK|NT|NZ|R|AU|CA|Z|RM|Rs\.?|N|KSh|Ksh|GH¢|Sh|Tk|Rp|USD|EUR|€|£|\$|₹|₦|¥)\$?\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?$"
        }
    }
    prefix: Token = {"TEXT": {"IN": ["US", "A", "C", "S", "HK", "NT", "NZ", "R", "AU", "CA", "U.S.", "Z"]}, "OP": "?"}
    sums: list[tuple[Token, ...]] = [
        (prefix, symbol, number),
        (prefix, symbol, number, scale),
        (prefix, symbol, number, dash, scale),
        (prefix, symbol, number, dash, number, scale),
        (code, number),
        (code, number, scale),
        (glued,),
        (glued, scale),
        (number, currency),
        (number, scale, currency),
        (number, scale, national, currency),
        (number, national, currency),
        (number, code),
        (number, scale, code),
        (word, currency),
        (word, national, currency),
        ({"LOWER": "dlrs"}, number),
        ({"LOWER": "dlrs"}, number, scale),
    ]
    return [_pattern("MONEY", *tokens) for tokens in sums]


def _laws() -> list[Pattern]:
    name: Token = {
        "IS_TITLE": True,
        "LOWER": {"NOT_IN": ["the", "a", "an", "this", "that", "under", "in", "of", "and"]},
    }
    link: Token = {"LOWER": {"IN": ["of", "on", "for", "and", "the", "against"]}, "OP": "*"}
    head: Token = {
        "TEXT": {
            "IN": [
                "Act",
                "Treaty",
                "Convention",
                "Protocol",
                "Accord",
                "Accords",
                "Constitution",
                "Code",
                "Ordinance",
                "Pact",
                "Covenant",
                "Charter",
                "Decree",
            ]
        }
    }
    instrument: Token = {"TEXT": {"IN": ["Act", "Law", "Bill", "Code"]}}
    tail: Token = {"TEXT": {"REGEX": r"^(?:1[89]|20)\d\d$"}}
    count: Token = {"TEXT": {"REGEX": r"^\d+[A-Za-z]?(?:[.(]\d+\)?)?$"}}
    section: Token = {"TEXT": {"IN": ["Article", "Articles", "Section", "Sections", "Chapter"]}}
    laws: list[tuple[Token, ...]] = [
        ({**name, "OP": "+"}, head),
        ({**name, "OP": "+"}, link, {**name, "OP": "+"}, head),
        ({**name, "OP": "+"}, instrument),
        ({**name, "OP": "+"}, head, {"LOWER": "of"}, tail),
        (
            {"TEXT": {"IN": ["Treaty", "Convention", "Statute", "Declaration", "Protocol"]}},
            {"LOWER": {"IN": ["of", "on"]}},
            {"LOWER": "the", "OP": "?"},
            {**name, "OP": "+"},
        ),
        (section, count),
        (section, count, {"LOWER": "of"}, {"LOWER": "the"}, {**name, "OP": "+"}, head),
        (
            section,
            count,
            {"LOWER": "of"},
            {"LOWER": "the"},
            {"LOWER": {"IN": ["criminal", "penal"]}},
            {"LOWER": "code"},
        ),
        ({"LOWER": {"IN": ["criminal", "penal"]}}, {"TEXT": "Code"}),
        ({"TEXT": "Constitution"},),
    ]
    return [_pattern("LAW", *tokens) for tokens in laws]


def value_patterns() -> list[Pattern]:
    """Every pattern, ready for `EntityRuler.add_patterns`."""
    return [*_dates(), *_money(), *_laws()]
