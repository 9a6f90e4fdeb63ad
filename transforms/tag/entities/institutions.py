"""Ministries, which wire copy names in a dozen ways and mostly in small letters."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from transforms.tag.entities.countries import Countries
from transforms.tag.entities.name_words import name_words

_LONGEST = 2  # words of a portfolio
_HEADS = frozenset({"ministry", "ministries"})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})


@dataclass(frozen=True)
class Ministry:
    """A ministry as a text names it: where, which portfolio, and whose if the text says so there."""

    start: int
    end: int
    portfolio: str
    country: str | None


def ministries(doc: Doc, countries: Countries) -> Iterator[Ministry]:
    """The ministries of a document: "Russia's foreign ministry", "the Ministry of Defence of Ukraine"."""
    heads = {doc.vocab.strings.add(word) for word in _HEADS}  # numbers compare faster than texts
    for token in doc:
        if token.lower not in heads:
            continue
        if token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "of":
            ministry = _of(doc, token.i, countries)
        else:
            ministry = _headed(doc, token.i, countries)
        if ministry is not None:
            yield ministry


def resolved(found: list[Ministry]) -> list[Ministry]:
    """The same with the country filled in for a bare "foreign ministry": that of the last one named before it.

    Failing that, the first one named after it.
    """
    complete: list[Ministry] = []
    for ministry in found:
        country = ministry.country
        if country is None:
            before = [m.country for m in complete if m.portfolio == ministry.portfolio and m.country]
            after = [m.country for m in found if m.portfolio == ministry.portfolio and m.country]
            country = before[-1] if before else (after[0] if after else None)
        complete.append(Ministry(ministry.start, ministry.end, ministry.portfolio, country))
    return complete


def name_of(ministry: Ministry, countries: Countries) -> str:
    """The name all mentions of a ministry share: "Foreign Ministry of Russia"."""
    office = f"{ministry.portfolio} Ministry"
    return f"{office} of {countries.by_code[ministry.country].name}" if ministry.country else office


def _headed(doc: Doc, head: int, countries: Countries) -> Ministry | None:
    for width in range(_LONGEST, 0, -1):
        start = head - width
        if start < 0:
            continue
        portfolio = name_words().portfolios.get(doc[start:head].text.lower())
        if portfolio is None:
            continue
        country, first = _owner(doc, start, countries)
        # "Russian Foreign Ministry" is one name; in small letters the nationality stays a mention of its own.
        return Ministry(first if doc[head].is_title else start, head + 1, portfolio, country)
    return None


def _of(doc: Doc, head: int, countries: Countries) -> Ministry | None:
    first = head + 2 + (doc[head + 2].lower_ == "the")
    for width in range(_LONGEST, 0, -1):
        end = first + width
        portfolio = name_words().portfolios.get(doc[first:end].text.lower()) if end <= len(doc) else None
        if portfolio is None:
            continue
        country, start = _owner(doc, head, countries)
        if country is None and end + 1 < len(doc) and doc[end].lower_ in {"of", "in"}:
            place = end + 1 + (doc[end + 1].lower_ == "the")
            country = _country_at(doc, place, countries)
        return Ministry(start if doc[head].is_title else head, end, portfolio, country)
    return None


def _owner(doc: Doc, start: int, countries: Countries) -> tuple[str | None, int]:
    """The country named just before `start`, and where a name that includes it begins."""
    if start >= 2 and doc[start - 1].text in _POSSESSIVES:
        for width in (4, 3, 2, 1):
            if start - 1 - width >= 0 and (code := _speaks_of(doc[start - 1 - width : start - 1].text, countries)):
                return code, start
        return None, start
    for width in (3, 2, 1):
        if start - width >= 0 and (code := _speaks_of(doc[start - width : start].text, countries)):
            return code, start - width
    return None, start


def _country_at(doc: Doc, start: int, countries: Countries) -> str | None:
    for width in (4, 3, 2, 1):
        if start + width <= len(doc) and (code := countries.of_name(doc[start : start + width].text)):
            return code
    return None


def _speaks_of(text: str, countries: Countries) -> str | None:
    return countries.of_name(text) or countries.of_demonym(text) or countries.of_capital(text)
