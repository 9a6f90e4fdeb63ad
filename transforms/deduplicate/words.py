"""An item's own words: what is left of headline and text when datelines, credits and spelling variants are gone."""

import re
import unicodedata
from dataclasses import dataclass

from schemas.flow import Item
from transforms.parse.dateline import split_dateline

LONGEST = 30_000
"""Characters read of a text: what follows in the longest live blogs tells nothing new."""

# Abbreviations are one word. Scripts written without blanks are read sign by sign.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(
    rf"[^\W\d_{_SIGNS}]+(?:\.(?:[^\W\d_{_SIGNS}]\.)+)?|\d+(?:[.,]\d+)*|[{_SIGNS}]",
)
_ASCII_WORD = re.compile(r"[a-z]+(?:\.(?:[a-z]\.)+)?|[0-9]+(?:[.,][0-9]+)*")
_PREFIX = re.compile(
    r"\s*(?:(?:rpt|update|correct(?:ed|ion|s)|refile|breaking(?: news)?|exclusive|watch|video|photos?|just in|urgent"
    r"|flash|live|wrapup|recap)(?:[- ]?\d{1,2})?\s*[-:|\u2013\u2014]\s*)+",
    re.IGNORECASE,
)
# A quotation may end with its paragraph, or where a summary was cut.
_QUOTATION = re.compile(
    r"\u201c[^\u201d\n]{20,600}(?:\u201d|(?=\n)|$)|``[^\n]{20,600}?(?:''|$)|\"[^\"\n]{20,600}(?:\"|$)"
    r"|\u00ab[^\u00bb\n]{20,600}(?:\u00bb|(?=\n)|$)"
)
_TOLD = 12
"""Words outside quotations below which an item is its quotation."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an item says, ready to be compared."""

    title: list[str]
    body: list[str]
    told: list[str]
    """The body's words outside quotations: those are the speaker's, and every report has them."""
    text: str
    """The body as written, from dateline to closing credit."""


def own_words(item: Item) -> Words:
    """The words of an item that are the story's; no body where the text is but the headline."""
    title = words(_PREFIX.sub("", item.title, count=1))
    if item.text_source == "title":
        return Words(title, [], [], "")
    dateline = split_dateline(item.text)
    text = item.text[dateline.body_start : dateline.body_end][:LONGEST]
    body = words(text)
    unquoted, quotations = _QUOTATION.subn(" ", text)
    told = words(unquoted) if quotations else body
    return Words(title, body, told if len(told) >= _TOLD else body, text)


def words(text: str) -> list[str]:
    """Words and numbers in order, folded to one spelling; the possessive s is none."""
    if text.isascii():
        found = _ASCII_WORD.findall(text.lower())
    else:
        found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [word.replace(".", "") if word[-1] == "." else word for word in found if word != "s"]
