"""What other projects' tests expect of a document, and what we read in it: the share of fields that agree.

`python tests/parse/test_parse_agreement.py FOLDER` prints the shares and every disagreement.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from transforms.parse.date_reading import read_date
from transforms.parse.document import FeedDocument, NotAFeed, RawEntry, UnparsableDocument, read_document
from transforms.parse.text import one_line, to_text
from transforms.parse.titles import clean_title

FLOOR = 0.97
"""Share of comparable fields that must agree."""

EXPLAINED = {
    "reddit-atom.rss": "inline XHTML: rss-parser puts the words of child elements after those of their parent",
    "reddit-home.rss": "the same",
    "rss_channel_item_uri_at_protocol.xml": "feedparser prefers a `uri` attribute of <link> to its text",
}
"""Document to why a field of it disagrees; none other may."""


@dataclass(frozen=True)
class Field:
    """A field of an item, as expected by another project and as read here; both plain."""

    where: str
    name: str
    expected: Any
    read: Any

    @property
    def agrees(self) -> bool:
        return bool(self.expected == self.read or (isinstance(self.read, list) and self.expected in self.read))


def gofeed(folder: Path) -> Iterator[Field]:
    """gofeed's parser, translator and extension suites: `x.xml` or `x.json` beside its expectation."""
    for expectation in sorted(folder.rglob("*.json")):
        name = expectation.name.removesuffix("_expected.json").removesuffix(".json")
        candidates = (expectation.with_name(f"{name}{suffix}") for suffix in (".xml", ".json"))
        document = next((path for path in candidates if path.exists() and path != expectation), None)
        if document is None:
            continue
        expected = json.loads(expectation.read_text())
        items = expected.get("items") or expected.get("entries") or []
        yield from _compare(document, items, _gofeed_fields)


def rss_parser_js(folder: Path) -> Iterator[Field]:
    """rss-parser's suite: documents beside `_output/x.json`."""
    for document in sorted(folder.glob("*.*")):
        expectation = folder / "_output" / f"{document.stem}.json"
        if expectation.exists():
            items = json.loads(_decoded(expectation))["feed"].get("items", [])
            yield from _compare(document, items, _rss_parser_fields)


def _compare(document: Path, items: list[dict[str, Any]], fields: Any) -> Iterator[Field]:
    try:
        read = read_document(document.read_bytes(), content_type=None, url="")
    except (NotAFeed, UnparsableDocument):
        read = FeedDocument(None, None, None, None, None, None, None, [])
    yield Field(document.name, "items", len(items), len(read.entries))
    for number, (item, entry) in enumerate(zip(items, read.entries, strict=False)):
        for name, expected, found in fields(item, entry):
            if expected not in (None, "") and not _is_damaged(expected):
                yield Field(f"{document.name}[{number}]", name, expected, found)


def _gofeed_fields(item: dict[str, Any], entry: RawEntry) -> Iterator[tuple[str, Any, Any]]:
    content = item.get("content") or item.get("content_html") or item.get("content_text")
    text = content.get("value") if isinstance(content, dict) else content
    links = [link["href"] for link in item.get("links", []) if isinstance(link, dict) and "href" in link]
    link = item.get("link") or item.get("url") or (links[0] if len(links) == 1 else None)
    dates = [_time(entry.published), _time(entry.updated)]
    texts = [_words(entry.content), _words(entry.summary)]
    yield "title", _title(item.get("title")), clean_title(entry.title)
    yield "link", link, [entry.link, *(image.url for image in entry.images)]
    yield "text", _words(text), texts
    yield "text", _words(item.get("summary") or item.get("description")), texts
    for name in ("published", "updated"):
        yield name, _time(item.get(f"{name}Parsed") or item.get(name)), dates
    yield "published", _time(item.get("pubDateParsed") or item.get("date_published")), dates
    yield "updated", _time(item.get("date_modified")), dates


def _rss_parser_fields(item: dict[str, Any], entry: RawEntry) -> Iterator[tuple[str, Any, Any]]:
    texts = [_words(entry.content), _words(entry.summary)]
    yield "title", _title(item.get("title")), clean_title(entry.title)
    yield "link", (item.get("link") or "").strip(), [entry.link, _relative(entry.link)]
    for name in ("content", "content:encoded", "summary"):
        yield "text", _words(item.get(name)), texts
    yield "published", _time(item.get("isoDate") or item.get("pubDate")), [_time(entry.published), _time(entry.updated)]


def _is_damaged(expected: Any) -> bool:
    """Not comparable: letters the other project failed to decode, and the placeholder of one of its options."""
    return isinstance(expected, str) and ("\ufffd" in expected or expected == "EMPTY")


def _decoded(path: Path) -> str:
    # Two of rss-parser's expectations were saved as ISO-8859-1.
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return path.read_text(encoding="iso-8859-1")


def _relative(link: str | None) -> str | None:
    """A link as rss-parser leaves it: we resolve it."""
    return link and urlsplit(link)._replace(scheme="", netloc="").geturl()


def _title(markup: Any) -> str | None:
    return clean_title(markup) if isinstance(markup, str) else None


def _words(markup: Any) -> str | None:
    return one_line(to_text(markup)) if isinstance(markup, str) else None


def _time(raw: str | None) -> datetime | None:
    reading = read_date(raw) if raw else None
    return reading.time.replace(microsecond=0) if reading else None


def share(fields: list[Field]) -> float:
    return sum(field.agrees for field in fields) / len(fields)


SUITES = {"gofeed_testdata": gofeed, "rss_parser_js": rss_parser_js}


@pytest.mark.data
@pytest.mark.parametrize("suite", SUITES)
def test_agrees_with_other_projects_expectations(suite: str, shared_data: Path) -> None:
    fields = list(SUITES[suite](shared_data / "feeds" / suite))
    assert len(fields) > 100
    assert share(fields) >= FLOOR
    assert {field.where.partition("[")[0] for field in fields if not field.agrees} <= EXPLAINED.keys()


if __name__ == "__main__":
    for suite_name, compare in SUITES.items():
        compared = list(compare(Path(sys.argv[1]) / suite_name))
        for wrong in (one for one in compared if not one.agrees):
            sys.stdout.write(
                f"{wrong.where} {wrong.name}\n expected {wrong.expected!r:.200}\n read {wrong.read!r:.200}\n"
            )
        sys.stdout.write(f"{suite_name}: {share(compared):.2%} of {len(compared)} fields\n")
