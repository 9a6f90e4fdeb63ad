"""What is done to the text of an XML document before a parser sees it."""

import re
from html.entities import html5
from itertools import islice

from transforms.parse.feed import ENTRY_LIMIT, UnparsableDocument
from transforms.parse.slices import substitute_references

RUN_LIMIT = 400_000
"""Characters kept of one run of text: four times what is kept of an item's text, for the markup in it."""

_XML_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>", re.IGNORECASE)
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE_SYSTEM = re.compile(r"\ssrsName\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')", re.IGNORECASE)
_OPENING = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def without_declarations(text: str) -> str:
    """The document without its XML declaration and its DOCTYPE.

    The encoding declared is no longer true of decoded text. And where no entity is declared none can be external or
    grow exponentially, and feedparser has no declaration to rewrite, at which it may fail (feedparser#599).

    Raises:
        UnparsableDocument: the DOCTYPE does not end.
    """
    declaration = _XML_DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return text
    end, subset = text.find(">", start), text.find("[", start)
    if -1 < subset < end:
        closing = _SUBSET_END.search(text, subset)
        end = closing.end() - 1 if closing else -1
    if end == -1:
        raise UnparsableDocument("the DOCTYPE of the document does not end")
    return text[:start] + text[end + 1 :]


def without_reference_systems(text: str) -> str:
    """The document without the attributes that name a system of coordinates: feedparser may fail at one (#599)."""
    return _REFERENCE_SYSTEM.sub("", text)


def with_numeric_entities(text: str) -> str:
    """The document with HTML's named entities as numbers: publishers use `&nbsp;` without declaring it."""
    return substitute_references(_NAMED, _numeric, text)


def limit_entries(text: str, limit: int = ENTRY_LIMIT) -> tuple[str, int]:
    """The document cut down to its first entries, and how many were cut out.

    Cutting before parsing bounds the memory that a document of a million entries takes.
    """
    openings = _OPENING.finditer(text)
    first_out = next(islice(openings, limit, None), None)
    if first_out is None:
        return text, 0
    left_out, last = 1, first_out.end()
    for opening in openings:
        left_out, last = left_out + 1, opening.end()
    end = text.find(">", last) + 1 or len(text)
    for closing in _CLOSING.finditer(text, last):
        end = closing.end()
    return text[: first_out.start()] + text[end:], left_out


def shorten_runs(text: str, limit: int = RUN_LIMIT) -> str:
    """The document with every run of text cut to a length; a single endless one would take forty times its size."""
    if len(text) <= limit:
        return text
    kept: list[str] = []
    position = 0
    while (start := text.find(_CDATA, position)) != -1:
        kept.append(_shorten_plain(text[position:start], limit))
        end = text.find(_CDATA_END, start)
        position = len(text) if end == -1 else end
        kept.append(text[start : min(position, start + limit)])
    kept.append(_shorten_plain(text[position:], limit))
    return "".join(kept)


def _shorten_plain(text: str, limit: int) -> str:
    # Tried only behind a bracket, so that each run is looked at once.
    return re.sub(rf"(?<=<)[^<]{{{limit},}}", lambda run: _without_half_entity(run.group()[:limit]), text)


def _without_half_entity(text: str) -> str:
    ampersand = text.rfind("&", len(text) - 40)
    return text[:ampersand] if ampersand != -1 and ";" not in text[ampersand:] else text


def _numeric(match: re.Match[str]) -> str:
    name = match.group(1)
    characters = html5.get(f"{name};")
    return match.group() if characters is None else "".join(f"&#{ord(character)};" for character in characters)
