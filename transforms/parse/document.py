"""A document of any feed dialect, from its bytes to raw entries."""

from transforms.parse import json_feed, xml_feed
from transforms.parse.charset import decode, strip_illegal
from transforms.parse.feed import FeedDocument, NotAFeed, RawEntry, UnparsableDocument

__all__ = ["FeedDocument", "NotAFeed", "RawEntry", "UnparsableDocument", "read_document"]


def read_document(body: bytes, *, content_type: str | None, url: str) -> FeedDocument:
    """Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, and JSON Feed 1.0 and 1.1.

    Args:
        body: the document, decompressed.
        content_type: the Content-Type header, None where there was none. Only its charset is used: servers send
            feeds as text/html and pages as application/xml.
        url: where the document came from; relative addresses are resolved against it.

    Raises:
        NotAFeed: the document is something else.
        UnparsableDocument: the document made the parser fail.
    """
    text = strip_illegal(decode(body, content_type)).strip()
    if not text:
        raise NotAFeed("the document is empty")
    if text.startswith("{"):
        return json_feed.read(text, url)
    prepared = xml_feed.prepare(text)
    del text  # as large as the document, and parsing takes four times that
    return xml_feed.read(prepared, url)
