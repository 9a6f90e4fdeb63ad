"""The rows users query: one record per table, in the order of the columns.

The description of each field is the description of its Parquet column.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from schemas.record import Record

Relation = Literal["lead", "copy", "excerpt", "revision", "same_url"]
DateQuality = Literal["exact", "naive", "date_only", "updated", "feed", "missing", "unreadable", "ancient", "future"]
TextSource = Literal["content", "summary", "title"]
EntityLabel = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "DATE", "MONEY"]
EvidenceField = Literal["title", "text"]
RejectStage = Literal["fetch", "document", "entry", "deduplicate", "tag"]
Outcome = Literal[
    "new",  # a feed with something not seen before
    "nothing_new",  # a changed document whose entries were all known
    "unchanged",  # 200 with the body of last time
    "not_modified",  # 304
    "empty",  # 200 without a body
    "not_a_feed",  # a document of another kind
    "unparsable",  # a document that made the parser fail
    "too_large",  # over the size cap, on the wire or decoded
    "blocked",  # a challenge page or a refusal by a guard in front of the site
    "forbidden",  # 401, 403
    "not_found",  # 404
    "gone",  # 410
    "throttled",  # 429
    "unavailable",  # 503
    "client_error",  # other 4xx
    "server_error",  # other 5xx
    "bad_redirect",  # a loop, too many hops, a missing or unusable target
    "private_address",  # the host, or a hop, leads into a private network
    "dns_error",
    "connect_error",
    "tls_error",
    "timeout",
    "truncated",  # the connection ended inside the body
    "protocol_error",  # what came was not HTTP
]


# fmt: off -- one column, one line: a record reads as its table does


class Article(Record, frozen=True, kw_only=True):
    """One publication of an item by an outlet: a lead, a copy, an excerpt or a revision."""

    article_id: Annotated[
        str, Meta(description="Identity of this publication: hash of feed, item identity and version.")
    ]
    story_id: Annotated[str, Meta(description="The story it belongs to: article_id of that story's lead.")]
    relation: Annotated[
        Relation, Meta(description="How it relates to its story: lead, copy, excerpt, revision or same_url.")
    ]
    similarity: Annotated[
        float,
        Meta(description="Share of the shorter text found in the other, weighted by rarity, 0 to 1; 1 for a lead."),
    ]
    matched_article_id: Annotated[str | None, Meta(description="The article it was verified against; null for a lead.")]
    version: Annotated[int, Meta(description="1 for the first text seen under this identity, then 2, 3 ...")]
    feed_id: Annotated[str, Meta(description="The feed it was read from.")]
    outlet: Annotated[str, Meta(description="Who published it.")]
    guid: Annotated[str | None, Meta(description="The identifier given by the publisher, as given; null if none.")]
    url: Annotated[str | None, Meta(description="Link to the page, absolute, as published; null if none.")]
    canonical_url: Annotated[
        str | None, Meta(description="The link without tracking and spelling variants; null if none.")
    ]
    title: Annotated[str, Meta(description="Headline as plain text.")]
    authors: Annotated[list[str], Meta(description="Authors as named by the publisher.")]
    language: Annotated[
        str, Meta(description="Detected language of the item, ISO 639-1; 'und' when there is too little text.")
    ]
    published_at: Annotated[datetime, Meta(description="When it was published, UTC; see date_quality.")]
    published_raw: Annotated[
        str | None, Meta(description="The publisher's date as it stood in the feed; null if none.")
    ]
    date_quality: Annotated[DateQuality, Meta(description="How far published_at can be trusted: exact, or why not.")]
    updated_at: Annotated[
        datetime | None, Meta(description="When the publisher says it was last changed, UTC; null if not said.")
    ]
    first_seen_at: Annotated[datetime, Meta(description="When this version was first fetched, UTC.")]
    origin_agency: Annotated[
        str | None, Meta(description="Agency that the dateline or credit names as the author; null if none.")
    ]
    dateline_place: Annotated[str | None, Meta(description="Place named in the dateline; null if none.")]
    categories: Annotated[list[str], Meta(description="The publisher's own categories.")]
    image_url: Annotated[str | None, Meta(description="First picture given with the item; null if none.")]
    word_count: Annotated[int, Meta(description="Words of the text that was read.")]
    text_source: Annotated[
        TextSource, Meta(description="The field of the item the text came from: content, summary or title.")
    ]
    run_id: Annotated[str, Meta(description="The run that wrote the row.")]


class Entity(Record, frozen=True, kw_only=True):
    """A name in a story's text."""

    text: Annotated[str, Meta(description="The mention as it stands in the text.")]
    label: Annotated[
        EntityLabel, Meta(description="PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, LAW, PRODUCT, DATE or MONEY.")
    ]
    start: Annotated[int, Meta(description="Offset of its first character in the story's text.")]
    end: Annotated[int, Meta(description="Offset after its last character.")]
    name: Annotated[str, Meta(description="The name all mentions of the same entity in the story share.")]
    kb_id: Annotated[str | None, Meta(description="ISO country code, agency id or the user's own id; null if unknown.")]


class Evidence(Record, frozen=True, kw_only=True):
    """The words that made a topic apply."""

    field: Annotated[EvidenceField, Meta(description="The column the span lies in: title or text.")]
    start: Annotated[int, Meta(description="Offset of its first character in that column.")]
    end: Annotated[int, Meta(description="Offset after its last character.")]
    text: Annotated[str, Meta(description="The words themselves.")]
    rule: Annotated[str, Meta(description="The rule of the taxonomy that matched.")]


class Topic(Record, frozen=True, kw_only=True):
    """A case topic of a story."""

    slug: Annotated[str, Meta(description="The topic's name in the taxonomy.")]
    score: Annotated[float, Meta(description="Strength of the evidence; comparable between topics.")]
    main: Annotated[bool, Meta(description="Whether the story is about it rather than mentioning it.")]
    iptc: Annotated[str | None, Meta(description="IPTC Media Topic id; null where IPTC has none.")]
    evidence: Annotated[list[Evidence], Meta(description="The spans that count, strongest first.")]


class Story(Record, frozen=True, kw_only=True):
    """One distinct story: its lead article, enriched."""

    story_id: Annotated[str, Meta(description="Identity of the story: article_id of its lead.")]
    title: Annotated[str, Meta(description="The lead's headline.")]
    text: Annotated[str, Meta(description="The lead's text; offsets of entities and evidence point into it.")]
    summary: Annotated[
        str | None, Meta(description="The publisher's summary as plain text, where it is not the text itself.")
    ]
    outlet: Annotated[str, Meta(description="Who published the lead.")]
    url: Annotated[str | None, Meta(description="Link to the lead; null if none.")]
    language: Annotated[str, Meta(description="Detected language, ISO 639-1; 'und' when there is too little text.")]
    published_at: Annotated[datetime, Meta(description="When the lead was published, UTC.")]
    first_seen_at: Annotated[datetime, Meta(description="When the lead was first fetched, UTC.")]
    origin_agency: Annotated[
        str | None, Meta(description="Agency that the dateline or credit names as the author; null if none.")
    ]
    cited_agencies: Annotated[list[str], Meta(description="Agencies the text cites as a source of what it says.")]
    dateline_place: Annotated[str | None, Meta(description="Place named in the dateline; null if none.")]
    entities: Annotated[list[Entity], Meta(description="Names in the text, in order.")]
    countries: Annotated[
        list[str], Meta(description="Countries the story is about, ISO 3166 alpha-2, most mentioned first.")
    ]
    topics: Annotated[list[Topic], Meta(description="Case topics with score and evidence, strongest first.")]
    topic_slugs: Annotated[list[str], Meta(description="The slugs of topics, for cheap filters.")]
    case_ids: Annotated[list[str], Meta(description="Cases the story belongs to; empty until cases are configured.")]
    ner_model: Annotated[str, Meta(description="Name and version of the entity model.")]
    topics_version: Annotated[str, Meta(description="Hash of the effective taxonomy.")]
    run_id: Annotated[str, Meta(description="The run that wrote the row.")]


class Fetch(Record, frozen=True, kw_only=True):
    """One attempt to poll a feed."""

    feed_id: Annotated[str, Meta(description="The feed that was polled.")]
    outlet: Annotated[str, Meta(description="Who publishes it.")]
    url: Annotated[str, Meta(description="The address asked, without credentials.")]
    final_url: Annotated[str | None, Meta(description="The address that answered after redirects; null if none did.")]
    fetched_at: Annotated[datetime, Meta(description="When the request began, UTC.")]
    outcome: Annotated[Outcome, Meta(description="What came of it; a fixed vocabulary.")]
    status: Annotated[int | None, Meta(description="HTTP status of the last hop; null if no answer came.")]
    detail: Annotated[str, Meta(description="The same for a person: counts, or what failed and what to do.")]
    duration_ms: Annotated[int, Meta(description="From the start of the request to the end of the body, milliseconds.")]
    wire_bytes: Annotated[int, Meta(description="Bytes of the body as transferred.")]
    body_bytes: Annotated[int, Meta(description="Bytes of the body decoded.")]
    hops: Annotated[int, Meta(description="Redirects followed.")]
    conditional: Annotated[bool, Meta(description="Whether validators were sent.")]
    items: Annotated[int, Meta(description="Items in the document.")]
    new_items: Annotated[int, Meta(description="Items not seen before.")]
    revised_items: Annotated[int, Meta(description="Known items whose title or text changed.")]
    known_items: Annotated[int, Meta(description="Known items, unchanged.")]
    rejected_items: Annotated[int, Meta(description="Items that went to rejects.")]
    overlap: Annotated[
        float | None, Meta(description="Share of items already seen; 0 warns of a gap; null without items.")
    ]
    failures: Annotated[float, Meta(description="Weighted failures in a row after this attempt; 0 after a success.")]
    next_due_at: Annotated[datetime, Meta(description="When the feed is due again, UTC.")]
    run_id: Annotated[str, Meta(description="The run that polled.")]


class Reject(Record, frozen=True, kw_only=True):
    """What could not be used, kept so that nothing is lost."""

    feed_id: Annotated[str, Meta(description="The feed it came from.")]
    outlet: Annotated[str, Meta(description="Who publishes that feed.")]
    url: Annotated[str | None, Meta(description="The document or item, without credentials; null if unknown.")]
    rejected_at: Annotated[datetime, Meta(description="When it was fetched, UTC.")]
    stage: Annotated[
        RejectStage,
        Meta(
            description="Where it failed: fetch, document, entry, deduplicate or tag. The last two leave the article in its table."
        ),
    ]
    reason: Annotated[str, Meta(description="Why, as a fixed label.")]
    detail: Annotated[str, Meta(description="Why, for a person, with the remedy where there is one.")]
    raw: Annotated[bytes, Meta(description="The bytes as received, or the entry or item as JSON.")]
    run_id: Annotated[str, Meta(description="The run that met it.")]


TABLES: dict[str, type[Record]] = {
    "stories": Story,
    "articles": Article,
    "fetches": Fetch,
    "rejects": Reject,
}
"""Table name to record type."""

PARTITIONED_BY: dict[str, str] = {
    "stories": "published_at",
    "articles": "published_at",
    "fetches": "fetched_at",
    "rejects": "rejected_at",
}
"""Table name to the time whose UTC day is the `date` partition, by which rows are sorted."""
