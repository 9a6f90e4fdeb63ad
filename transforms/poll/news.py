"""What in a document is new or changed, against what the feed listed before."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from schemas.flow import Entry, Feed
from schemas.memory import FeedMemory, ListedEntry, RepeatedBlock
from transforms.parse.boilerplate import learn, recurring
from transforms.parse.document import FeedDocument, RawEntry
from transforms.parse.identity import Policy, identify
from transforms.parse.text import to_text
from transforms.poll.ledger import Finding, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a document brought, and what to remember of it."""

    entries: list[Entry]
    """The new and the revised ones."""
    listed: list[ListedEntry]
    identity: Policy
    blocks: list[RepeatedBlock]
    items: int
    new: int
    revised: int
    known: int
    overlap: float | None
    """Share of the items that were known; None for the first document and for one without items."""


def find_news(
    feed: Feed, memory: FeedMemory, document: FeedDocument, *, url: str, partial: bool, now: datetime
) -> News:
    """Compares a document with the memory of its feed.

    Args:
        feed: the feed.
        memory: of the feed, before this document.
        document: what was fetched.
        url: where it was fetched, without credentials.
        partial: whether it holds changes only (226).
        now: when it was fetched.
    """
    identities, policy = identify(document.entries, memory.identity)
    ledger = Ledger(feed.feed_id, memory.entries, confirmed_at=memory.last_success_at)
    findings = ledger.enter(list(zip(document.entries, identities, strict=True)), now)
    count = Counter(finding.change for finding in findings)
    blocks = learn(memory.blocks, (_text(finding.raw) for finding in findings if finding.change == "new"))
    boilerplate = recurring(blocks)
    return News(
        entries=[
            _entry(feed, document, finding, url=url, boilerplate=boilerplate, now=now)
            for finding in findings
            if finding.change != "known"
        ],
        listed=ledger.listed(now, partial=partial),
        identity=policy,
        blocks=blocks,
        items=len(findings),
        new=count["new"],
        revised=count["revised"],
        known=count["known"],
        overlap=1 - count["new"] / len(findings) if findings and memory.entries else None,
    )


def _entry(
    feed: Feed, document: FeedDocument, finding: Finding, *, url: str, boilerplate: list[int], now: datetime
) -> Entry:
    raw, listed, previous = finding.raw, finding.listed, finding.previous
    return Entry(
        feed=feed,
        article_id=listed.article_id,
        version=listed.version,
        previous_id=previous.article_id if previous else None,
        previous_story_id=previous.story_id if previous else None,
        document_url=url,
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
        feed_date=document.date,
        language=raw.language or document.language,
        source_title=raw.source_title,
        source_url=raw.source_url,
        images=raw.images,
        boilerplate=boilerplate,
        fetched_at=now,
    )


def _text(raw: RawEntry) -> str:
    return to_text(max(raw.content, raw.summary, key=len))
