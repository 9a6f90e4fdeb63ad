"""Patterns of dates, sums of money and laws for the entity ruler that travels inside the model.

They are spaCy token patterns, so the saved pipeline needs nothing of this project. The matcher tries every pattern at
every token: few patterns with optional tokens are three times as fast as the same spelled out.
"""

from typing import Any

Token = dict[str, Any]
Pattern = dict[str, Any]

_MONTHS = "January February March April May June July August September October November December".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# Words of their own, so no date when they stand alone.
_AMBIGUOUS = {"May", "March"}
_CURRENCIES = """dollar dollars euro euros pound pounds yen yuan renminbi ruble rubles rouble roubles rupee rupees won peso pesos
    real reais rand naira shilling shillings franc francs lira liras dinar dinars dirham dirhams riyal riyals rial rials
    rupiah ringgit baht dong taka krona kronor krone kroner zloty forint hryvnia hryvnias shekel shekels bolivar bolivars
    cedi cedis kwacha birr tenge leu lei lev leva koruna crore lakh cent cents pence guilder guilders sol soles quetzal
    quetzales lempira lempiras""".split()
_SYMBOLS = "$ € £ ¥ ₹ ₦ ₩ ₽ ₱ ฿ ₺ ₪ ₫ ₴ ₵ R$ US$ A$ C$ S$ HK$ NT$ NZ$ AU$ CA$ Z$".split()
_CODES = """USD EUR GBP JPY CNY INR RUB KRW BRL ZAR NGN CHF AED SAR QAR PKR BDT Rs Rs. RM Rp Tk Sh KSh Ksh GH¢ GHS TL RMB KES UGX
    TZS IDR MXN Dh Dhs AFN dlrs""".split()
_SCALES = "thousand million billion trillion crore lakh bn mn tn m b k".split()
_WORDS = """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion trillion""".split()
_NATIONS = """US U.S. American Canadian Australian Hong Kong Singapore Jamaican British Egyptian Swiss Swedish Norwegian Danish Czech
    Japanese Chinese Indian Pakistani Sri Lankan Kenyan Ugandan Tanzanian Nigerian Ghanaian South African Mexican Argentine
    Chilean Colombian Dominican Philippine Turkish Saudi Emirati Qatari Kuwaiti Iraqi Jordanian Algerian Tunisian Moroccan
    Russian Ukrainian Belarusian Korean Indonesian Malaysian Thai Vietnamese Cambodian Bangladeshi Nepali CFA New Zealand
    Taiwan Polish Hungarian Brazilian Israeli Ethiopian""".split()


def _either_case(words: list[str]) -> list[str]:
    return [*words, *(w.upper() for w in words)]


_MONTH: Token = {"TEXT": {"IN": _either_case([*_MONTHS, *_SHORT, *(f"{m}." for m in _SHORT)])}}
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
        [{"LOWER": {"IN": ["last", "next", "this"]}}, {"TEXT": {"IN": sorted(_AMBIGUOUS)}}],
        [_YEAR, {"TEXT": {"IN": ["-", "\u2013", "/"]}}, {"TEXT": {"REGEX": r"^(?:(?:1[5-9]|20)?\d\d)$"}}],
    ]


def _sums() -> list[list[Token]]:
    number: Token = {"TEXT": {"REGEX": r"^\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?$"}}
    scale: Token = {"LOWER": {"IN": _SCALES}}
    nation: Token = {"TEXT": {"IN": _NATIONS}, "OP": "?"}
    currency: Token = {"TEXT": {"IN": [*_CURRENCIES, *_CODES]}}
    glued = r"^(?:US|A|C|S|HK|NT|NZ|R|AU|CA|Z|RM|Rs\.?|N|KSh|Ksh|GH¢|Sh|Tk|Rp|USD|EUR|[€£$₹₦¥])\$?\d[\d.,]*(?:m|mn|bn|b|k|tn|M|B|K)?$"
    prefix: Token = {"TEXT": {"IN": ["US", "A", "C", "S", "HK", "NT", "NZ", "R", "AU", "CA", "U.S.", "Z"]}, "OP": "?"}
    return [
        [prefix, {"TEXT": {"IN": [*_SYMBOLS, *_CODES]}}, number, {**scale, "OP": "?"}],
        [{"TEXT": {"IN": _SYMBOLS}}, number, {"TEXT": {"IN": ["-", "\u2013"]}}, scale],
        [{"TEXT": {"REGEX": glued}}, {**scale, "OP": "?"}],
        [number, {**scale, "OP": "?"}, nation, nation, currency],
        [{"LOWER": {"IN": _WORDS}, "OP": "+"}, nation, {"LOWER": {"IN": _CURRENCIES}}],
    ]


def _laws() -> list[list[Token]]:
    name: Token = {"IS_TITLE": True, "TEXT": {"NOT_IN": ["The", "A", "An", "This", "That", "Under", "In"]}, "OP": "+"}
    head: Token = {"TEXT": {"IN": ["Act", "Treaty", "Convention", "Protocol", "Accords", "Code", "Ordinance", "Covenant", "Bill", "Law"]}}
    kind: Token = {"TEXT": {"IN": ["Treaty", "Convention", "Statute", "Law"]}}
    section: Token = {"TEXT": {"IN": ["Article", "Section", "Chapter"]}}
    count: Token = {"TEXT": {"REGEX": r"^\d+[A-Za-z]?(?:[.(]\d+\)?)?$"}}
    return [
        [name, head],
        [name, head, {"LOWER": "of"}, _YEAR],
        [kind, {"LOWER": {"IN": ["of", "on"]}}, {"LOWER": "the", "OP": "?"}, name],
        [section, count],
        [section, count, {"LOWER": "of"}, {"LOWER": "the"}, {"LOWER": {"IN": ["criminal", "penal"]}}, {"LOWER": "code"}],
    ]


def sum_patterns() -> list[Pattern]:
    """Sums of money: certain enough to be found before names are."""
    return [{"label": "MONEY", "pattern": tokens} for tokens in _sums()]


def date_and_law_patterns() -> list[Pattern]:
    """Dates and laws: found where no name is, for people are called April and May."""
    rules = {"DATE": _dates(), "LAW": _laws()}
    return [{"label": label, "pattern": tokens} for label, patterns in rules.items() for tokens in patterns]
