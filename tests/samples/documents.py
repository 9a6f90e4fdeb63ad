"""The sample documents as they lie on disk, read without the pipeline, and put in place for a run."""

import html
import json
import re
import shutil
from calendar import timegm
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import feedparser

from tests.samples.expectations import SAMPLES, Snapshot

_TAG = re.compile(r"<[^>]+>")


class SampleItem(NamedTuple):
    """An item of a sample document, in plain text."""

    guid: str | None
    link: str
    title: str
    text: str
    published: datetime | None
    """None where a plain reading of the date fails."""


def place(snapshot: Snapshot, folder: Path) -> None:
    """Puts the documents of a snapshot into a folder, over those of the snapshot before."""
    source = SAMPLES if snapshot == "first" else SAMPLES / snapshot
    for document in source.iterdir():
        if document.is_file():
            shutil.copy(document, folder / document.name)


def read(path: Path) -> list[SampleItem]:
    """The items of a document that hold anything, in its order."""
    items = _json_items(path) if path.suffix == ".json" else _xml_items(path)
    return [item for item in items if item.title or item.text]


def plain(markup: str) -> str:
    """Text without tags and entities, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", html.unescape(markup))).split())


def words(text: str) -> list[str]:
    """Lower-case words and figures of a text."""
    return re.findall(r"[\w.,'\u2019-]*\w", text.lower())


def _json_items(path: Path) -> list[SampleItem]:
    return [
        SampleItem(
            guid=item["id"],
            link=item["url"],
            title=item["title"],
            text=plain(item.get("content_html") or item["content_text"]),
            published=datetime.fromisoformat(item["date_published"]),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]
    ]


def _xml_items(path: Path) -> list[SampleItem]:
    feed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return [_xml_item(entry) for entry in feed.entries]


def _xml_item(entry: Any) -> SampleItem:
    date = entry.get("published_parsed" if "published" in entry else "updated_parsed")
    # A media:description takes the place of the summary and pushes the others into content.
    body = max((entry.get("summary", ""), *(part.value for part in entry.get("content", ()))), key=len)
    source = entry.get("source", {}).get("title", "")
    return SampleItem(
        guid=entry.get("id") or None,
        link=entry.get("link", ""),
        title=plain(entry.get("title", "")).removesuffix(f" - {source}"),
        text=plain(body),
        published=datetime.fromtimestamp(timegm(date), UTC) if date else None,
    )
