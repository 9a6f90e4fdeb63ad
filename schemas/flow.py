"""What travels between the steps of the pipeline, in the order of the flow."""

from datetime import datetime

from schemas.memory import FeedMemory, Sketch
from schemas.record import Record
from schemas.tables import Article, DateQuality, Relation, TextSource


class Feed(Record, frozen=True, kw_only=True):
    """A feed to poll, as configured."""

    feed_id: str
    url: str
    outlet: str
    private_network: bool = False
    """Whether the feed may live at a private address; refused otherwise."""
    user_agent: str | None = None
    proxy: str | None = None
    secret: str | None = None
    """Name of the environment variable that holds an Authorization header's value; never the value."""
    min_interval_s: int | None = None
    language: str | None = None
    """What the publisher declares; a hint, detection decides."""
    fallback_user_agent: str | None = None
    """Tried once where the first was answered 403, then kept for the feed."""


class Poll(Record, frozen=True, kw_only=True):
    """A feed with what is remembered of it."""

    feed: Feed
    memory: FeedMemory


class Shard(Record, frozen=True, kw_only=True):
    """Feeds polled together: all those of the hosts that fell to this shard."""

    number: int
    polls: list[Poll]


class Enclosure(Record, frozen=True, kw_only=True):
    """A file attached to an entry."""

    url: str
    type: str | None = None


class Entry(Record, frozen=True, kw_only=True):
    """An entry of a feed that is new or changed, as published: markup and dates not yet read."""

    feed: Feed
    article_id: str
    version: int
    previous_id: str | None
    """article_id of the version before; None for the first."""
    previous_story_id: str | None
    """Story of the version before, where the memory knows it."""
    document_url: str
    base_url: str | None
    guid: str | None
    link: str | None
    title: str
    summary: str
    content: str
    authors: list[str]
    categories: list[str]
    published: str | None
    updated: str | None
    feed_date: str | None
    language: str | None
    source_title: str | None
    source_url: str | None
    images: list[Enclosure]
    boilerplate: list[int]
    """Hashes of the blocks that this feed repeats from item to item."""
    fetched_at: datetime


class Item(Record, frozen=True, kw_only=True):
    """An entry read into plain text and facts; what the deduplicator and the tagger see."""

    article_id: str
    version: int
    previous_id: str | None
    previous_story_id: str | None
    feed_id: str
    outlet: str
    guid: str | None
    url: str | None
    canonical_url: str | None
    opaque_url: bool
    """Whether the link is a redirector's (Google News): it identifies nothing."""
    title: str
    text: str
    summary: str | None
    authors: list[str]
    language: str
    published_at: datetime
    published_raw: str | None
    date_quality: DateQuality
    updated_at: datetime | None
    first_seen_at: datetime
    origin_agency: str | None
    dateline_place: str | None
    categories: list[str]
    image_url: str | None
    word_count: int
    text_source: TextSource
    boilerplate: list[int]


class Candidate(Record, frozen=True, kw_only=True):
    """An article under one of the keys at which it may meet its story."""

    sketch: Sketch
    known: bool
    """Whether an earlier run placed it."""


class Match(Record, frozen=True, kw_only=True):
    """A new article and one before it that tells the same story."""

    article_id: str
    published_at: datetime
    matched_article_id: str
    matched_story_id: str | None
    """None while the matched article has no story yet."""
    matched_verified: bool
    relation: Relation
    similarity: float
    verbatim: bool
    """Whether the two are so alike that what was verified for one holds for the other."""


class Placement(Record, frozen=True, kw_only=True):
    """Where an article belongs: the deduplicator's answer."""

    article_id: str
    story_id: str
    relation: Relation
    similarity: float
    matched_article_id: str | None
    verified: bool = True
    """Whether it was verified against its story's lead itself."""


class ArticleFact(Record, frozen=True, kw_only=True):
    """One side of a join on article_id: an item with its sketch, or where it was placed."""

    item: Item | None = None
    sketch: Sketch | None = None
    placement: Placement | None = None


class StagedFile(Record, frozen=True, kw_only=True):
    """A file that waits under the staging folder, and where it belongs."""

    table: str
    target: str
    rows: int
    bytes: int


class FeedFact(Record, frozen=True, kw_only=True):
    """One side of a join on feed_id: what is configured, what is remembered, or an article that was placed.

    Beam's CoGroupByKey pickles the values it joins; grouping one record type does not.
    """

    feed: Feed | None = None
    memory: FeedMemory | None = None
    article: Article | None = None
