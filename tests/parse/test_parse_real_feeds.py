"""Real documents: every item that feedparser finds becomes an item or a reject, and every date it reads is the same."""

import calendar
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from schemas.flow import Entry, Feed, Item
from transforms.parse.date_reading import read_date
from transforms.parse.document import NotAFeed, RawEntry, UnparsableDocument, read_document
from transforms.parse.language import LanguageDetector
from transforms.parse.reading import TEXT_LIMIT, TITLE_LIMIT, read_entry

SUITES = ("real_blogs", "rss_parser_js", "fastfeedparser_integration", "miniflux_testdata")
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


@pytest.mark.data
@pytest.mark.parametrize("suite", SUITES)
def test_no_item_of_a_real_feed_is_lost(
    suite: str, shared_data: Path, detector: LanguageDetector
) -> None:  # requirement 43
    found = 0
    for path in _documents(shared_data / "feeds" / suite):
        body = path.read_bytes()
        expected = len(_lean(body))
        entries = _entries(body)
        assert len(entries) >= expected, path
        for entry in entries:
            read = read_entry(_entry(entry), run_id="r", detector=detector, count=_ignore)
            found += 1
            if isinstance(read, Item):
                _check(read)
            else:
                assert read.reason == "empty_entry"
                assert not any((entry.title, entry.link, entry.summary, entry.content))
    assert found > 100


@pytest.mark.data
def test_dates_that_feedparser_reads_are_read_alike(shared_data: Path) -> None:  # requirement 46
    read = 0
    for path in (path for suite in SUITES for path in _documents(shared_data / "feeds" / suite)):
        for entry in _lean(path.read_bytes()):
            if entry.get("published_parsed"):
                reading = read_date(entry.published)
                assert reading is not None, entry.published
                assert reading.time.timestamp() == calendar.timegm(entry.published_parsed), entry.published
                read += 1
    assert read > 2_000


@pytest.mark.data
def test_a_real_json_feed_is_read_as_another_project_expects(shared_data: Path) -> None:  # requirement 38
    folder = shared_data / "feeds" / "fastfeedparser_integration"
    expected = json.loads((folder / "json_feed_sample.expected.json").read_text())["entries"]
    entries = _entries((folder / "json_feed_sample.json").read_bytes())
    assert [(entry.guid, entry.title, entry.link) for entry in entries] == [
        (item["id"], item["title"], item["link"]) for item in expected
    ]


def _check(item: Item) -> None:
    assert item.title or item.text or item.url
    assert len(item.title) <= TITLE_LIMIT
    assert len(item.text) <= TEXT_LIMIT
    assert datetime(1990, 1, 1, tzinfo=UTC) <= item.published_at <= datetime(2026, 11, 2, tzinfo=UTC)
    assert item.text_source == "title" or len(item.text) > 0
    assert "\n" not in item.title


def _lean(body: bytes) -> list[Any]:
    entries: list[Any] = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False).entries
    return entries


def _documents(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in {".xml", ".rss", ".atom"}]


def _entries(body: bytes) -> list[RawEntry]:
    try:
        return read_document(body, content_type=None, url="https://feed.example/feed").entries
    except (NotAFeed, UnparsableDocument):
        return []


def _entry(raw: RawEntry) -> Entry:
    return Entry(
        feed=Feed(feed_id="f", url="https://feed.example/feed", outlet="o"),
        article_id="a",
        version=1,
        previous_id=None,
        previous_story_id=None,
        document_url="https://feed.example/feed",
        base_url=raw.base_url,
        guid=raw.guid,
        link=raw.link,
        title=raw.title,
        summary=raw.summary,
        content=raw.content,
        authors=raw.authors,
        categories=raw.categories,
        published=raw.published,
        updated=raw.updated,
        feed_date=None,
        language=raw.language,
        source_title=raw.source_title,
        source_url=raw.source_url,
        images=raw.images,
        boilerplate=[],
        fetched_at=FETCHED,
    )


def _ignore(_name: str) -> None:
    pass
