"""RSS, Atom, RDF and CDF documents, read by feedparser behind a guard."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import feedparser
from lxml import etree

from transforms.parse.feed import ENTRY_LIMIT, FeedDocument, NotAFeed, UnparsableDocument
from transforms.parse.titles import clean_title
from transforms.parse.urls import resolve
from transforms.parse.xml_entry import read_entry
from transforms.parse.xml_screen import ELEMENT_LIMIT, is_well_formed
from transforms.parse.xml_text import (
    limit_entries,
    shorten_runs,
    with_numeric_entities,
    without_declarations,
    without_reference_systems,
)

_LOOKS_LIKE_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<html[\s>]|<!doctype\s+html", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]{0,60})")
_FEED_ROOT = re.compile(r"(?:[\w.-]+:)?(?:rss|rdf|feed|channel)", re.IGNORECASE)
_LOOSE_LIMIT = 1 << 20
"""Bytes up to which feedparser's parser for ill-formed documents is used: it finds more, at a megabyte in seconds."""
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document cut to its limits and encoded, so that its text need not be held while it is parsed."""

    document: bytes
    left_out: int
    """Entries cut out."""
    lists_entries: bool
    root: str
    """Name of the root element; empty without."""
    kind: str
    """What it is, for a person, should it be no feed."""


def prepare(text: str) -> Prepared:
    """Brings the text of a document into the form that is parsed.

    Raises:
        UnparsableDocument: its DOCTYPE does not end.
    """
    whole, left_out = limit_entries(without_declarations(text))
    return Prepared(
        document=with_numeric_entities(without_reference_systems(shorten_runs(whole))).encode(),
        left_out=left_out,
        lists_entries=bool(_LOOKS_LIKE_ENTRY.search(whole)),
        root=_root(text),
        kind=_kind_of(text),
    )


def read(prepared: Prepared, url: str) -> FeedDocument:
    """The feed in an XML document, well-formed or not.

    Raises:
        NotAFeed: feedparser recognises no dialect. Its `bozo` is not asked: pages and empty documents are not bozo,
            and many real feeds are. Entries under a feed's root element are a feed under whatever namespace.
        UnparsableDocument: feedparser failed.
    """
    document, left_out = prepared.document, prepared.left_out
    sound = is_well_formed(document) or len(document) <= _LOOSE_LIMIT
    parsed = _parse(document if sound else _recovered(document))
    if sound and not parsed["entries"] and prepared.lists_entries:
        parsed = _parse(_recovered(document))
    if not (parsed.get("version") or (parsed["entries"] and _FEED_ROOT.fullmatch(prepared.root))):
        raise NotAFeed(prepared.kind)
    warnings = [f"{left_out} entries after the first {ENTRY_LIMIT} were left out"] if left_out else []
    if parsed.get("bozo") or not sound:
        warnings.append(f"not well-formed, read as far as it goes: {parsed.get('bozo_exception', 'markup repaired')}")
    return _document(parsed, url, warnings)


def _recovered(document: bytes) -> bytes:
    if document.count(b"<") > ELEMENT_LIMIT:
        raise UnparsableDocument(f"not well-formed, and more than {ELEMENT_LIMIT} tags")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise UnparsableDocument(f"not well-formed and beyond recovery: {error}") from error
    if root is None:
        raise UnparsableDocument("not well-formed and beyond recovery")
    recovered: bytes = etree.tostring(root)
    return recovered


def _parse(document: bytes) -> Mapping[str, Any]:
    try:
        return feedparser.parse(  # type: ignore[no-any-return]  # feedparser is untyped
            io.BytesIO(document),
            # Sanitising and resolving cost two thirds of the time; only the few fields kept need either.
            sanitize_html=False,
            resolve_relative_uris=False,
            # Without a content type among the headers every document would be bozo; with a location, guids would be
            # resolved against it, and change when the feed moves.
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as error:  # feedparser#599: malformed input escapes as AttributeError, AssertionError, ...
        raise UnparsableDocument(f"the parser failed: {type(error).__name__}: {error}") from error


def _kind_of(text: str) -> str:
    if _PAGE.search(text, 0, 2_000):
        title = _PAGE_TITLE.search(text)
        return f"an HTML page titled {title.group(1).strip()!r}" if title else "an HTML page"
    return f"XML with the root <{_root(text)}>" if _root(text) else "neither XML nor JSON"


def _root(text: str) -> str:
    root = _ELEMENT.search(text)
    return root.group(1) if root else ""


def _document(parsed: Mapping[str, Any], url: str, warnings: list[str]) -> FeedDocument:
    feed = parsed["feed"]
    atom = parsed.get("version", "").startswith("atom")
    links = feed.get("links", [])
    home = resolve(feed["link"], [url]) if feed.get("link") else None
    return FeedDocument(
        title=clean_title(feed.get("title", "")) or None,
        link=home,
        language=feed.get("language") or None,
        ttl_s=_ttl(feed),
        date=_feed_date(feed),
        hub=_href(links, "hub"),
        self_url=_href(links, "self"),
        # A feed may be served by another host than its site: what is relative is so to the site.
        entries=[read_entry(entry, (home, url), atom=atom) for entry in parsed["entries"][:ENTRY_LIMIT]],
        warnings=warnings,
    )


def _feed_date(feed: Mapping[str, Any]) -> str | None:
    # FeedParserDict.get("updated") would answer with the publication date and a warning.
    return (feed["updated"] if "updated" in feed else feed.get("published")) or None


def _href(links: list[Mapping[str, Any]], rel: str) -> str | None:
    return next((link["href"] for link in links if link.get("rel") == rel and link.get("href")), None)


def _ttl(feed: Mapping[str, Any]) -> int | None:
    minutes = _number(feed.get("ttl"))
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    frequency = _number(feed.get("sy_updatefrequency")) or 1
    asked = [60 * minutes if minutes else 0, period // frequency if period else 0]
    return max(asked) or None


def _number(value: object) -> int | None:
    digits = str(value).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None
