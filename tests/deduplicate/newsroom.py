"""Items of our own writing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from schemas.flow import Item

MORNING = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)

TUNNEL = (
    "Prosecutors in the port city of Varna charged four customs officers on Thursday with taking bribes to wave through "
    "lorries of untaxed cigarettes, the regional court said. The men, aged 34 to 51, are accused of accepting 1.98 million "
    "leva over 18 months from a haulage firm owned by Petar Iliev, who has fled to Turkey. Investigators seized 212 gold "
    "coins and a speedboat during searches of nine homes. A hearing is set for 19 March. Defence lawyer Maria Koleva said "
    "her clients denied wrongdoing and would appeal against their detention. The case began when a night watchman "
    "photographed licence plates at the freight terminal and sent them to a newspaper."
)


def item(article_id: str, text: str = TUNNEL, **changes: Any) -> Item:
    """An item with a text."""
    base = Item(
        article_id=article_id,
        version=1,
        previous_id=None,
        previous_story_id=None,
        feed_id=f"feed-{article_id}",
        outlet=f"Outlet {article_id}",
        guid=article_id,
        url=None,
        canonical_url=None,
        opaque_url=False,
        title="Four customs officers charged over cigarette bribes in Varna",
        text=text,
        summary=None,
        authors=[],
        language="en",
        published_at=MORNING,
        published_raw=None,
        date_quality="exact",
        updated_at=None,
        first_seen_at=MORNING + timedelta(hours=1),
        origin_agency=None,
        dateline_place=None,
        categories=[],
        image_url=None,
        word_count=len(text.split()),
        text_source="content",
        boilerplate=[],
    )
    return replace(base, **changes)
