"""JSON Feed 1.0 and 1.1 (jsonfeed.org); feedparser 6 has no parser for it."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from schemas.flow import Enclosure
from transforms.parse.feed import ENTRY_LIMIT, FeedDocument, NotAFeed, RawEntry, UnparsableDocument

_NODE_LIMIT = 400_000
_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.1)?/?|1(?:\.[01])?")
"""The specification asks for the address; some publishers give the bare number."""


def read(text: str, url: str) -> FeedDocument:
    """The feed in a JSON document.

    Raises:
        NotAFeed: JSON of another kind.
        UnparsableDocument: not JSON, or nested too deeply.
    """
    if text.count("{") + text.count("[") > _NODE_LIMIT:
        raise UnparsableDocument(f"more than {_NODE_LIMIT} objects and lists")
    try:
        document = json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnparsableDocument(f"the document is not JSON: {error}") from error
    if not isinstance(document, dict) or not _is_feed(document):
        raise NotAFeed("JSON that is no JSON Feed: it has no list of items, or names no version")
    items = [item for item in _list(document, "items") if isinstance(item, dict)]
    left_out = len(items) - ENTRY_LIMIT
    return FeedDocument(
        title=_string(document, "title"),
        link=_address(document, "home_page_url", url),
        language=_string(document, "language"),
        ttl_s=None,
        date=None,
        hub=next((_string(hub, "url") for hub in _list(document, "hubs") if isinstance(hub, dict)), None),
        self_url=_address(document, "feed_url", url),
        entries=[_entry(item, document, url) for item in items[:ENTRY_LIMIT]],
        warnings=[f"{left_out} entries after the first {ENTRY_LIMIT} were left out"] if left_out > 0 else [],
    )


def _is_feed(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("items"), list) and bool(_VERSION.fullmatch(_string(document, "version") or ""))


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> RawEntry:
    return RawEntry(
        guid=_string(item, "id"),
        link=_address(item, "url", url) or _address(item, "external_url", url),
        title=html.escape(_string(item, "title") or "", quote=False),
        summary=html.escape(_string(item, "summary") or "", quote=False),
        content=_string(item, "content_html") or html.escape(_string(item, "content_text") or "", quote=False),
        authors=_authors(item) or _authors(feed),
        categories=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language") or _string(feed, "language"),
        source_title=None,
        source_url=None,
        images=_images(item, url),
        base_url=url,
    )


def _authors(holder: Mapping[str, Any]) -> list[str]:
    # 1.0 has `author`, 1.1 `authors`.
    people = [*_list(holder, "authors"), holder.get("author")]
    names = [_string(person, "name") for person in people if isinstance(person, dict)]
    return list(dict.fromkeys(name for name in names if name))


def _images(item: Mapping[str, Any], url: str) -> list[Enclosure]:
    pictures = [_address(item, "image", url), _address(item, "banner_image", url)]
    images = {picture: "image" for picture in pictures if picture}
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and (address := _address(attachment, "url", url)):
            images.setdefault(address, _string(attachment, "mime_type") or "")
    return [Enclosure(url=address, type=kind or None) for address, kind in images.items()]


def _list(holder: Mapping[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _string(holder: Mapping[str, Any], key: str) -> str | None:
    value = holder.get(key)
    # The specification asks readers to take an id that is a number as a string.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _address(holder: Mapping[str, Any], key: str, base: str) -> str | None:
    value = _string(holder, key)
    if value is None:
        return None
    try:
        return urljoin(base, value)
    except ValueError:  # an unreadable host such as "http://[x"
        return value
