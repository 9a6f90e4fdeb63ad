"""Items of our own writing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from schemas.flow import Item

MORNING = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
WINDOW = timedelta(hours=72)

CUSTOMS = (
    "Prosecutors in the port city of Varna charged four customs officers on Thursday with taking bribes to wave "
    "through lorries of untaxed cigarettes, the regional court said. The men, aged 34 to 51, are accused of accepting "
    "1.98 million leva over 18 months from a haulage firm owned by Petar Iliev, who has fled to Turkey.\n"
    "Investigators seized 212 gold coins and a speedboat during searches of nine homes. A hearing is set for 19 "
    "March. Defence lawyer Maria Koleva said her clients denied wrongdoing and would appeal against their detention.\n"
    "The case began when a night watchman photographed licence plates at the freight terminal and sent them to a "
    "newspaper, whose editor passed the pictures on to the anti-corruption office in Sofia."
)
CUSTOMS_TITLE = "Four customs officers charged over cigarette bribes in Varna"

CUSTOMS_INDEPENDENT = (
    "A cigarette-smuggling scandal at Bulgaria's largest harbour widened on Thursday as a judge in Varna remanded "
    "four customs men in custody. State radio reported that the suspects let trucks through without inspection in "
    "return for cash from businessman Petar Iliev.\n"
    "Mr Iliev's company, once the biggest carrier on the Black Sea route, did not answer calls. The head of the "
    "customs agency promised an internal review and said two further employees had been suspended since Monday. "
    "Opposition deputies demanded that the finance minister explain how 1.98 million leva could change hands unseen."
)

GLACIER = (
    "Swiss engineers have begun drilling a tunnel beneath the Aletsch glacier to drain a meltwater lake that threatens "
    "the village of Blatten, the canton of Valais said. The 1.2-kilometre shaft will cost 14 million francs and should "
    "be ready before the thaw in June.\n"
    "Geologist Ruth Amherd said the lake had doubled in volume in two summers and now holds 800,000 cubic metres. "
    "Around 300 residents were moved out last July when the ice dam cracked.\n"
    "Insurers have put the damage of a sudden outburst at up to 90 million francs, and the railway company has ordered "
    "sensors along the line to Brig."
)
GLACIER_TITLE = "Tunnel to tame glacier lake above Swiss village"

LIBRARY = (
    "The national library in Tallinn reopened its reading room on Friday, three years after a burst pipe ruined "
    "30,000 volumes, curators said. Volunteers dried pages between sheets of blotting paper in a disused ice rink.\n"
    "Director Kaja Oras thanked donors from 41 countries and said the rarest item, a primer printed in 1535, had been "
    "saved by a student who carried it out under her coat. The repairs cost 6.4 million euros, of which the state paid "
    "half. A concert is planned for the evening, with a choir singing from restored scores."
)
LIBRARY_TITLE = "Tallinn library reopens reading room after flood"


def dividend(company: str, cents: int, chairman: str) -> str:
    """A template: the same sentences with other names and figures."""
    return (
        f"{company} declared a quarterly dividend of {cents} cents a share, payable on 1 April to holders of record "
        f"on 15 March, the company said in a statement on Thursday. The board also renewed its authority to buy back "
        f"up to {cents * 3} million shares. Chairman {chairman} said trading since the start of the year had been in "
        f"line with expectations and that the outlook for the full year was unchanged. Analysts had expected a payment "
        f"of {cents - 1} cents. The stock was little changed in early dealings."
    )


def item(article_id: str, text: str = CUSTOMS, title: str = CUSTOMS_TITLE, **changes: Any) -> Item:
    """An item with a text, from a feed of its own."""
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
        title=title,
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
        text_source="content" if text else "title",
        boilerplate=[],
    )
    return replace(base, **changes)


def later(article_id: str, hours: float, text: str = CUSTOMS, title: str = CUSTOMS_TITLE, **changes: Any) -> Item:
    """An item published some hours after `MORNING`, and fetched an hour after that."""
    moment = MORNING + timedelta(hours=hours)
    return item(article_id, text, title, published_at=moment, first_seen_at=moment + timedelta(hours=1), **changes)
