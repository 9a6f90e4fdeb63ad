"""An item's own words: what is left of headline and text when datelines, credits and spelling variants are gone."""

import re
import unicodedata
from dataclasses import dataclass

from schemas.flow import Item
from transforms.parse.boilerplate import strip_boilerplate
from transforms.parse.dateline import split_dateline

LONGEST = 4_000
"""Words read of a text: what follows in the longest live blogs tells nothing new."""

# Scripts written without blanks are read sign by sign.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_POSSESSIVE = re.compile(r"\s?['\u2019]\s?s\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_PREFIX = re.compile(
    r"\s*(?:(?:rpt|update|correct(?:ed|ion|s)|refile|breaking(?: news)?|exclusive|watch|video|photos?|just in|urgent"
    r"|flash|live|wrapup|recap)(?:[- ]?\d{1,2})?\s*[-:|\u2013\u2014]\s*)+",
    re.IGNORECASE,
)
_QUOTATION = re.compile(
    r"\u201c[^\u201d\n]{20,600}\u201d|``[^\n]{20,600}?''|\"[^\"\n]{20,600}\"|\u00ab[^\u00bb\n]{20,600}\u00bb"
)
_TOLD = 12
"""Words outside quotations below which an item is its quotation."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an item says, ready to be compared."""

    title: str
    body: str
    """Text between dateline and closing credit, as written."""
    title_words: list[str]
    body_words: list[str]
    told_words: list[str]
    """The body's words outside quotations: those are the speaker's, and every report has them."""


def own_words(item: Item) -> Words:
    """The words of an item that are the story's."""
    title = _PREFIX.sub("", item.title, count=1)
    body = "" if item.text_source == "title" else strip_boilerplate(item.text, item.boilerplate)
    if body:
        dateline = split_dateline(body)
        body = body[dateline.body_start : dateline.body_end]
    body_words = words(body)[:LONGEST]
    told_words = words(_QUOTATION.sub(" ", body))[:LONGEST]
    return Words(title, body, words(title), body_words, told_words if len(told_words) >= _TOLD else body_words)


def words(text: str) -> list[str]:
    """Words and numbers in order, folded to one spelling."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _POSSESSIVE.sub("", text)
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text)
    return _WORD.findall(text.casefold())
