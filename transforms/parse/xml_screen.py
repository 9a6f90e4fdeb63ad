"""A quick pass over an XML document, to keep from the feed parser what would hold it up."""

from xml.parsers import expat

from transforms.parse.feed import UnparsableDocument

ELEMENT_LIMIT = 400_000
DEPTH_LIMIT = 250
"""Elements within each other; libxml2's limit is 256."""
ATTRIBUTE_LIMIT = 500
"""Attributes of one element; feedparser's time grows with their square."""


def is_well_formed(document: bytes) -> bool:
    """Whether the document is XML with namespaces.

    Raises:
        UnparsableDocument: more elements, deeper ones, or more attributes of one than any feed has.
    """
    screen = _Screen()
    parser = expat.ParserCreate(namespace_separator=" ")
    # Attributes as a flat list of names and values: cheaper than a dictionary each.
    parser.ordered_attributes = True
    parser.StartElementHandler = screen.start
    parser.EndElementHandler = screen.end
    try:
        parser.Parse(document, True)
    except expat.ExpatError:
        return False
    return True


class _Screen:
    def __init__(self) -> None:
        self._elements = 0
        self._depth = 0

    def start(self, name: str, attributes: list[str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > ELEMENT_LIMIT:
            raise UnparsableDocument(f"more than {ELEMENT_LIMIT} elements")
        if self._depth > DEPTH_LIMIT:
            raise UnparsableDocument(f"<{name:.40}> lies in more than {DEPTH_LIMIT} others")
        if len(attributes) > 2 * ATTRIBUTE_LIMIT:
            raise UnparsableDocument(f"<{name:.40}> has more than {ATTRIBUTE_LIMIT} attributes")

    def end(self, _name: str) -> None:
        self._depth -= 1
