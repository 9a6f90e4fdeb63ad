"""An item and its place in a story, as the row of the articles table."""

from schemas.flow import Item, Placement
from schemas.tables import Article


def lead(article_id: str) -> Placement:
    """The place of an article that leads its own story."""
    return Placement(
        article_id=article_id,
        story_id=article_id,
        relation="lead",
        similarity=1.0,
        matched_article_id=None,
        verified=True,
    )


def to_article(item: Item, placement: Placement, run_id: str) -> Article:
    """The row of a placed item."""
    return Article(
        article_id=item.article_id,
        story_id=placement.story_id,
        relation=placement.relation,
        similarity=placement.similarity,
        matched_article_id=placement.matched_article_id,
        version=item.version,
        feed_id=item.feed_id,
        outlet=item.outlet,
        guid=item.guid,
        url=item.url,
        canonical_url=item.canonical_url,
        title=item.title,
        authors=item.authors,
        language=item.language,
        published_at=item.published_at,
        published_raw=item.published_raw,
        date_quality=item.date_quality,
        updated_at=item.updated_at,
        first_seen_at=item.first_seen_at,
        origin_agency=item.origin_agency,
        dateline_place=item.dateline_place,
        categories=item.categories,
        image_url=item.image_url,
        word_count=item.word_count,
        text_source=item.text_source,
        run_id=run_id,
    )
