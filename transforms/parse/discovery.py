"""The feeds that a web page names as its own."""

from dataclasses import dataclass

from lxml import etree, html

from transforms.parse.charset import decode, strip_illegal
from transforms.parse.text import one_line
from transforms.parse.urls import resolve

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
)
_LIKELY = ("/feed", "/rss", ".rss", ".atom", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "feed.json")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address where a page says, or seems to say, that a feed is."""

    url: str
    title: str
    declared: bool
    """Whether the page declares it as an alternate of itself; else it only links to an address that looks like one."""


def discover_feeds(body: bytes, *, content_type: str | None, url: str) -> list[Candidate]:
    """The feeds a page names, those it declares (`<link rel=alternate>`) before those it merely links to.

    Args:
        body: the page.
        content_type: the Content-Type header, None where there was none.
        url: where the page came from.

    Returns:
        Each address once, absolute; whether a feed is there only a request can tell. Empty for what is no page.
    """
    text = strip_illegal(decode(body, content_type)).strip()
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except etree.ParserError:  # nothing in it
        return []
    base = next(iter(page.xpath("//base/@href")), None)
    found: dict[str, Candidate] = {}
    for link in page.iter("link", "a"):
        href = (link.get("href") or "").strip()
        declared = link.tag == "link" and _is_declared(link)
        if href and (declared or (link.tag == "a" and _looks_like_feed(href))):
            address = resolve(href, (base and resolve(base, (url,)), url))
            title = link.get("title") or (link.text_content() if link.tag == "a" else "")
            if address.startswith(("http://", "https://")) and (declared or address not in found):
                found[address] = Candidate(address, one_line(title), declared)
    return sorted(found.values(), key=lambda candidate: not candidate.declared)


def _is_declared(link: html.HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    # WordPress declares its API as application/json too.
    api = kind == "application/json" and "/wp-json/" in (link.get("href") or "")
    return "feed" in relations or ("alternate" in relations and kind in _TYPES and not api)


def _looks_like_feed(href: str) -> bool:
    return href.partition("?")[0].partition("#")[0].rstrip("/").lower().endswith(_LIKELY)
