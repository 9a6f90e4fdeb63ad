"""A feed as it was published: the records every dialect is read into, and why a document is none."""

from dataclasses import dataclass, field

from schemas.flow import Enclosure

ENTRY_LIMIT = 2_000
"""Entries read of one document; how many are left out is said in its warnings."""


class NotAFeed(ValueError):  # noqa: N818 -- what the document is, not what went wrong
    """The document is of another kind: a page, an empty body, some other XML or JSON."""


class UnparsableDocument(ValueError):  # noqa: N818 -- as above
    """The document made the parser fail."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as published: markup and dates as they stand, addresses absolute where a base is known."""

    guid: str | None
    link: str | None
    title: str
    summary: str
    content: str
    authors: list[str]
    categories: list[str]
    published: str | None
    updated: str | None
    language: str | None
    source_title: str | None
    source_url: str | None
    images: list[Enclosure]
    base_url: str | None


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a feed says of itself, and its entries in the order of the document."""

    title: str | None
    link: str | None
    language: str | None
    ttl_s: int | None
    """How long the publisher asks not to come back, seconds."""
    date: str | None
    hub: str | None
    self_url: str | None
    entries: list[RawEntry]
    warnings: list[str] = field(default_factory=list)
