"""One entry of an RSS, Atom, RDF or CDF document, out of feedparser's dictionaries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schemas.flow import Enclosure
from transforms.parse.feed import RawEntry
from transforms.parse.urls import resolve


def read_entry(entry: Mapping[str, Any], bases: Sequence[str | None], *, atom: bool) -> RawEntry:
    """The entry with the fields Casewire keeps, dates and markup as published.

    Args:
        entry: feedparser's.
        bases: what relative addresses are relative to, best first; xml:base goes before.
        atom: whether the document is Atom, the only dialect with a date of change of its own.
    """
    source = entry.get("source", {})
    base = _detail(entry, "base")
    link = _stripped(entry.get("link"))
    published, updated = _dates(entry, atom=atom)
    return RawEntry(
        guid=_stripped(entry.get("id")),
        link=resolve(link, (base, *bases)) if link else None,
        # feedparser may hold None for what an ill-formed document has left empty.
        title=entry.get("title") or "",
        summary=entry.get("summary") or "",
        content=max((part.get("value") or "" for part in entry.get("content", [])), key=len, default=""),
        authors=_authors(entry),
        categories=_distinct(tag.get("term") or tag.get("label") for tag in entry.get("tags", [])),
        published=published,
        updated=updated,
        language=_language(entry),
        source_title=source.get("title") or None,
        source_url=source.get("href") or source.get("link") or None,
        images=_images(entry),
        base_url=base or next((base for base in bases if base), None),
    )


def _dates(entry: Mapping[str, Any], *, atom: bool) -> tuple[str | None, str | None]:
    """When it was published and when it was changed, as written."""
    published = entry.get("published") or entry.get("created") or None
    # FeedParserDict.get("updated") would answer with the publication date and a warning.
    updated = (entry["updated"] or None) if "updated" in entry else None
    # feedparser calls dc:date "updated"; in RSS it is when the item was published.
    return (published, updated) if published or atom else (updated, None)


def _stripped(value: str | None) -> str | None:
    return (value or "").strip() or None


def _authors(entry: Mapping[str, Any]) -> list[str]:
    people = entry.get("authors", [])
    names = _distinct(person.get("name") or person.get("email") for person in people)
    return names or _distinct([entry.get("author")])


def _language(entry: Mapping[str, Any]) -> str | None:
    return entry.get("language") or _detail(entry, "language")


def _detail(entry: Mapping[str, Any], key: str) -> str | None:
    details = [*entry.get("content", []), entry.get("summary_detail", {}), entry.get("title_detail", {})]
    return next((detail[key] for detail in details if detail.get(key)), None)


def _images(entry: Mapping[str, Any]) -> list[Enclosure]:
    enclosures = [
        *((media.get("url"), media.get("type") or media.get("medium")) for media in entry.get("media_content", [])),
        *((link.get("href"), link.get("type")) for link in entry.get("links", []) if link.get("rel") == "enclosure"),
        *((media.get("url"), "image") for media in entry.get("media_thumbnail", [])),
    ]
    by_url = {url: kind for url, kind in reversed(enclosures) if url}
    return [Enclosure(url=url, type=kind) for url, kind in reversed(by_url.items())]


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value and value.strip()))
