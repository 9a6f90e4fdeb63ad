"""What is done to the text of an XML document before a parser sees it."""

import re
from html.entities import html5

from transforms.parse.feed import ENTRY_LIMIT

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_OPENING = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s/>])[^>]*>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


def make_safe(text: str) -> str:
    """The document without its DOCTYPE, and HTML's named entities as numbers.

    No entity can then be declared, which stops both external entities and exponential ones; and the entities that
    publishers use without declaring them (`&nbsp;`) stay readable.
    """
    return _NAMED.sub(_numeric, _DOCTYPE.sub("", text, count=1))


def limit_entries(text: str, limit: int = ENTRY_LIMIT) -> tuple[str, int]:
    """The document cut down to its first entries, and how many were cut out.

    Cutting before parsing bounds the memory of a document of a million entries.
    """
    starts = [match.start() for match in _OPENING.finditer(text)]
    if len(starts) <= limit:
        return text, 0
    last_opening = _OPENING.match(text, starts[-1])
    closings = [match.end() for match in _CLOSING.finditer(text, starts[-1])]
    end = closings[-1] if closings else last_opening.end() if last_opening else len(text)
    return text[: starts[limit]] + text[end:], len(starts) - limit


def _numeric(match: re.Match[str]) -> str:
    name = match.group(1)
    characters = html5.get(f"{name};")
    if name in _XML_ENTITIES or characters is None:
        return match.group()
    return "".join(f"&#{ord(character)};" for character in characters)
