"""What a run must remember for the next: one Parquet file of feeds, and the sketches of the window.

Hashes are signed 64-bit integers, as Parquet stores them.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, field

from schemas.record import Record

# fmt: off -- one column, one line: a record reads as its table does


class ListedEntry(Record, frozen=True, kw_only=True):
    """An entry a feed lists, or listed a short while ago."""

    key: Annotated[int, Meta(description="Hash of the entry's identity within its feed.")]
    alias: Annotated[int, Meta(description="Hash of its second identity: the link without scheme and host.")]
    fingerprint: Annotated[int, Meta(description="Hash of its title and text.")]
    article_id: Annotated[str, Meta(description="article_id of its latest version.")]
    story_id: Annotated[str | None, Meta(description="The story that version belongs to.")]
    version: Annotated[int, Meta(description="Its latest version.")]
    last_listed_at: Annotated[datetime, Meta(description="When the feed last listed it, UTC.")]


class RepeatedBlock(Record, frozen=True, kw_only=True):
    """A block of text that recurs across the items of one feed."""

    hash: Annotated[int, Meta(description="Hash of the block.")]
    items: Annotated[int, Meta(description="Items it was seen in.")]


class FeedMemory(Record, frozen=True, kw_only=True):
    """What is remembered of a feed between polls."""

    feed_id: Annotated[str, Meta(description="The feed.")]
    url: Annotated[str, Meta(description="The address to ask next: as configured, or where a permanent redirect led.")]
    state: Annotated[Literal["active", "gone"], Meta(description="gone after a 410: asked again after 30 days.")] = (
        "active"
    )
    etag: Annotated[str | None, Meta(description="ETag of the last good answer, verbatim.")] = None
    last_modified: Annotated[str | None, Meta(description="Last-Modified of the last good answer, verbatim.")] = None
    body_hash: Annotated[str | None, Meta(description="Hash of the last decoded body that was a feed.")] = None
    failures: Annotated[float, Meta(description="Weighted failures in a row.")] = 0.0
    interval_s: Annotated[
        int | None, Meta(description="The rhythm found so far, seconds; null before the first success.")
    ] = None
    next_due_at: Annotated[datetime | None, Meta(description="When it is due, UTC; null for at once.")] = None
    blocked_until: Annotated[
        datetime | None, Meta(description="Not to be asked before, whatever is wished: Retry-After or gone.")
    ] = None
    last_polled_at: Annotated[datetime | None, Meta(description="Last attempt, UTC.")] = None
    last_success_at: Annotated[datetime | None, Meta(description="Last answer that was a feed or unchanged, UTC.")] = (
        None
    )
    last_full_at: Annotated[
        datetime | None, Meta(description="Last 200 with a body, UTC: lying validators are escaped by this.")
    ] = None
    last_new_at: Annotated[datetime | None, Meta(description="Last new item, UTC.")] = None
    new_item_gap_s: Annotated[float | None, Meta(description="Usual time between new items, seconds.")] = None
    last_overlap: Annotated[float | None, Meta(description="Share of known items at the last full answer.")] = None
    last_outcome: Annotated[str | None, Meta(description="Outcome of the last attempt.")] = None
    redirect_url: Annotated[str | None, Meta(description="Where a permanent redirect leads, not yet trusted.")] = None
    redirect_seen: Annotated[int, Meta(description="Polls in a row that led there.")] = 0
    user_agent: Annotated[str | None, Meta(description="The user agent that was let in after a 403.")] = None
    identity: Annotated[
        Literal["guid", "link", "title_date"], Meta(description="What identifies entries here; it only degrades.")
    ] = "guid"
    entries: Annotated[list[ListedEntry], Meta(description="Entries listed now or shortly before.")] = field(
        default_factory=list
    )
    blocks: Annotated[list[RepeatedBlock], Meta(description="Blocks of text that recur across its items.")] = field(
        default_factory=list
    )
    configured_url: Annotated[
        str | None,
        Meta(description="The address configured at the last poll, without credentials; another one starts afresh."),
    ] = None
    ttl_s: Annotated[int | None, Meta(description="How long the document asks to stay away, seconds.")] = None
    last_unconditional_at: Annotated[
        datetime | None, Meta(description="Last request without validators, UTC: at most one a day escapes them.")
    ] = None
    validators_lied: Annotated[
        bool, Meta(description="Whether the body was once found changed under validators that said it was not.")
    ] = False
    rejected_hash: Annotated[
        str | None, Meta(description="Hash of the last body that went to rejects, so that it is kept once.")
    ] = None


class Sketch(Record, frozen=True, kw_only=True):
    """What the deduplicator remembers of an article: enough to verify a pair without its text."""

    article_id: Annotated[str, Meta(description="The article.")]
    story_id: Annotated[str, Meta(description="Its story; its own id for a lead.")]
    previous_id: Annotated[str | None, Meta(description="The version it revises.")]
    page: Annotated[int | None, Meta(description="Hash of its page's address; null where the link names no page.")]
    verified: Annotated[bool, Meta(description="Whether it was verified against its story's lead itself.")]
    published_at: Annotated[datetime, Meta(description="When it was published, UTC; when it was fetched if undated.")]
    first_seen_at: Annotated[datetime, Meta(description="When it was fetched, UTC: what is old is forgotten by this.")]
    keys: Annotated[list[int], Meta(description="Hashes under which it meets articles that may tell the same story.")]
    features: Annotated[bytes, Meta(description="Packed features; layout in transforms/deduplicate/features.py.")]


MEMORY: dict[str, type[Record]] = {"feeds": FeedMemory, "sketches": Sketch}
"""Name of a memory file to its record type."""
