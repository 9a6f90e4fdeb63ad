"""An entry as published, read into plain text and facts."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from schemas.flow import Entry, Item
from schemas.tables import Reject, TextSource
from transforms.parse.boilerplate import strip_boilerplate
from transforms.parse.dateline import credited_agency, split_dateline
from transforms.parse.dates import date_entry
from transforms.parse.text import one_line, to_text
from transforms.parse.titles import clean_title
from transforms.parse.urls import canonical, is_opaque, resolve

TITLE_LIMIT = 1_000
TEXT_LIMIT = 100_000
URL_LIMIT = 2_048
"""Characters kept (Media Cloud's limits); a longer address is dropped, since a shortened one leads nowhere."""

_UNSAFE = ("javascript:", "vbscript:", "data:")
"""Schemes of what runs or holds a page instead of leading to one."""

_ADDS_NOTHING = 5
"""Words a summary may have beyond the headline and still be the headline: Google News appends the outlet."""


class Detector(Protocol):
    """What tells languages."""

    def detect(self, title: str, text: str, declared: str | None) -> str:
        """ISO 639-1 code, or `und`."""


def read_entry(entry: Entry, *, run_id: str, detector: Detector, count: Callable[[str], None]) -> Item | Reject:
    """Reads an entry; never fails on one, whatever it holds.

    Args:
        entry: as published.
        run_id: the run, for a reject.
        detector: tells the language.
        count: called with the name of each limit that was hit.

    Returns:
        The item; a reject where there is neither title, nor text, nor link.
    """
    title = _cut(clean_title(entry.title, entry.source_title), TITLE_LIMIT, "titles_cut", count)
    text, source, summary = _choose_text(entry, title)
    text = _cut(text, TEXT_LIMIT, "texts_cut", count)
    url = _url(entry, count)
    if not (title or text or url):
        detail = "the entry has neither title, nor text, nor link; ask the publisher what it should show"
        return rejected(entry, "empty_entry", detail, run_id)
    dating = date_entry(entry.published, entry.updated, entry.feed_date, entry.fetched_at)
    dateline = split_dateline(text)
    return Item(
        article_id=entry.article_id,
        version=entry.version,
        previous_id=entry.previous_id,
        previous_story_id=entry.previous_story_id,
        feed_id=entry.feed.feed_id,
        outlet=entry.feed.outlet,
        guid=entry.guid,
        url=url,
        canonical_url=canonical(url) if url else None,
        opaque_url=bool(url and is_opaque(url)),
        title=title,
        text=text,
        summary=summary,
        authors=[name for author in entry.authors if (name := one_line(to_text(author)))],
        language=detector.detect(title, "" if source == "title" else text, entry.language or entry.feed.language),
        published_at=dating.published_at,
        published_raw=dating.published_raw,
        date_quality=dating.quality,
        updated_at=dating.updated_at,
        first_seen_at=entry.fetched_at,
        origin_agency=dateline.agency or credited_agency([*entry.authors, entry.source_title or ""]),
        dateline_place=dateline.place,
        categories=[name for category in entry.categories if (name := one_line(to_text(category)))],
        image_url=_image(entry),
        word_count=len(text.split()),
        text_source=source,
        boilerplate=entry.boilerplate,
    )


def _choose_text(entry: Entry, title: str) -> tuple[str, TextSource, str | None]:
    """The longest honest text, the field it came from, and the summary where that is another text."""
    summary, content = (
        strip_boilerplate(to_text(markup), entry.boilerplate) for markup in (entry.summary, entry.content)
    )
    if _is_pointer(entry) or not (_says_more(content, title) or _says_more(summary, title)):
        return title, "title", None
    if len(content) >= len(summary):
        return content, "content", summary if _says_more(summary, title) and not _opens(summary, content) else None
    return summary, "summary", None


def _is_pointer(entry: Entry) -> bool:
    """Whether an aggregator points at another outlet's page: its text is links to that page and to rivals."""
    return bool(entry.source_title and entry.link and is_opaque(entry.link))


def _says_more(text: str, title: str) -> bool:
    """Whether there is more than the headline, or anything where there is no headline."""
    words = one_line(text).casefold()
    headline = title.casefold()
    if not words or not headline or headline not in words:
        return bool(words)
    return len(words.replace(headline, " ").split()) > _ADDS_NOTHING


def _opens(summary: str, text: str) -> bool:
    """Whether a summary is no more than the beginning of the text."""
    return one_line(text).startswith(one_line(summary).rstrip(" .\u2026[]()"))


def _url(entry: Entry, count: Callable[[str], None]) -> str | None:
    if not entry.link or not entry.link.strip():
        return None
    url = resolve(entry.link, (entry.base_url, entry.document_url))
    if url.lower().startswith(_UNSAFE):
        return None
    if len(url) <= URL_LIMIT:
        return url
    count("urls_dropped")
    return None


def _image(entry: Entry) -> str | None:
    pictures = (image.url for image in entry.images if (image.type or "image").startswith("image"))
    url = next((resolve(picture, (entry.base_url, entry.link, entry.document_url)) for picture in pictures), None)
    return url if url and len(url) <= URL_LIMIT else None


def _cut(text: str, limit: int, name: str, count: Callable[[str], None]) -> str:
    if len(text) <= limit:
        return text
    count(name)
    return text[:limit]


def rejected(entry: Entry, reason: str, detail: str, run_id: str) -> Reject:
    """An entry that could not be used, whole."""
    return Reject(
        feed_id=entry.feed.feed_id,
        outlet=entry.feed.outlet,
        url=entry.document_url,
        rejected_at=entry.fetched_at,
        stage="entry",
        reason=reason,
        detail=detail,
        raw=_published(entry),
        run_id=run_id,
    )


def _published(entry: Entry) -> bytes:
    # The feed as configured is left out: its address may hold credentials.
    fields = {name: value for name, value in msgspec.structs.asdict(entry).items() if name != "feed"}
    return msgspec.json.encode(fields)
