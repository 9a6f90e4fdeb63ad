"""The corpora that the deduplicator is measured on, read as items."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

from schemas.flow import Item

Label = Literal["dup", "diff", "unsure"]

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two items of a corpus and what readers say of them."""

    one: str
    other: str
    label: Label
    stratum: str = ""
    held: bool = False
    """Whether it belongs to the half that no threshold was fitted to."""


def wires(data: Path) -> Iterator[Item]:
    """19,042 Reuters wires of 1987, in time order."""
    with gzip.open(data / "dedupe/reuters_wires.jsonl.gz", "rt", encoding="utf-8") as lines:
        for wire in map(json.loads, lines):
            moment = datetime.fromisoformat(wire["time"]).replace(tzinfo=UTC)
            yield item(wire["id"], wire["title"], wire["body"], moment, "reuters")


def news(data: Path) -> Iterator[Item]:
    """US news articles of 2012 to 2020 that are dated; their ids are `n` and the number of the line."""
    with gzip.open(data / "text/us_news_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, article in enumerate(map(json.loads, lines)):
            if _ISO_DATE.fullmatch(article["date"] or ""):
                moment = datetime.fromisoformat(article["date"]).replace(tzinfo=UTC)
                yield item(f"n{number}", article["title"], article["text"], moment, article["src"])


def events(data: Path) -> Iterator[Item]:
    """Headlines with summaries, three outlets to an event; their ids are `e` and the number of the line."""
    with (data / "cases/neus_events.jsonl").open(encoding="utf-8") as lines:
        for number, report in enumerate(map(json.loads, lines)):
            moment = datetime.fromordinal(report["ordinal"]).replace(tzinfo=UTC)
            yield item(f"e{number}", report["title"], report["text"], moment, f"outlet {number % 3}")


def wire_pairs(data: Path) -> list[LabelledPair]:
    """210 pairs of wires, labelled by one reader."""
    lines = (data / "dedupe/pairs_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [LabelledPair(pair["a"], pair["b"], pair["label"]) for pair in map(json.loads, lines)]


def modern_pairs() -> list[LabelledPair]:
    """Pairs of modern items, read twice; what the two readings disagree on is unsure."""
    rows = csv.DictReader(files("schemas").joinpath("data/modern_pairs.csv").read_text(encoding="utf-8").splitlines())
    return [
        LabelledPair(
            one=row["a"],
            other=row["b"],
            label=_label(row["first"], row["second"]),
            stratum=row["stratum"],
            held=row["half"] == "held",
        )
        for row in rows
    ]


def item(article_id: str, title: str | None, text: str | None, moment: datetime, outlet: str | None) -> Item:
    """An item that is nothing but its text."""
    text = text or ""
    return Item(
        article_id=article_id,
        version=1,
        previous_id=None,
        previous_story_id=None,
        feed_id=outlet or "unknown",
        outlet=outlet or "unknown",
        guid=None,
        url=None,
        canonical_url=None,
        opaque_url=False,
        title=title or "",
        text=text,
        summary=None,
        authors=[],
        language="en",
        published_at=moment,
        published_raw=None,
        date_quality="exact",
        updated_at=None,
        first_seen_at=moment,
        origin_agency=None,
        dateline_place=None,
        categories=[],
        image_url=None,
        word_count=len(text.split()),
        text_source="content" if text else "title",
        boilerplate=[],
    )


def _label(first: str, second: str) -> Label:
    if first == second == "dup":
        return "dup"
    return "diff" if first == second == "diff" else "unsure"
