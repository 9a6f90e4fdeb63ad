"""A small world for tests of whole runs: feeds that change, and the tables that come of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pipeline.beam_options import beam_options
from pipeline.bounded import RunRequest, run_bounded
from pipeline.query import connect
from pipeline.sample_server import serve
from pipeline.summary import Summary
from schemas.flow import Feed
from transforms.poll.transform import utc_now
from transforms.tag.transform import TaggerSettings

START = datetime(2026, 3, 2, 6, tzinfo=UTC)

RUN_COLUMNS = {"run_id", "first_seen_at", "fetched_at", "next_due_at", "duration_ms", "rejected_at", "detail"}
"""What differs between two runs over the same input."""


@dataclass(frozen=True)
class Piece:
    """One item of a feed."""

    guid: str
    title: str
    text: str
    hours: float = 0.0
    """Published so long after START."""


@dataclass
class Newsroom:
    """Feeds as files, served over HTTP on loopback."""

    folder: Path
    base_url: str = ""
    feeds: dict[str, list[Piece]] = field(default_factory=dict)

    def publish(self, feed_id: str, pieces: list[Piece]) -> None:
        """Replaces what a feed lists."""
        self.feeds[feed_id] = pieces
        (self.folder / f"{feed_id}.xml").write_text(_rss(feed_id, pieces))

    def configured(self) -> list[Feed]:
        return [
            Feed(feed_id=name, url=f"{self.base_url}{name}.xml", outlet=name.title(), private_network=True)
            for name in self.feeds
        ]


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    folder.mkdir(exist_ok=True)
    with serve(folder) as base_url:
        yield Newsroom(folder, base_url)


def run(
    feeds: list[Feed], output: str, clock: Callable[[], datetime] = utc_now, tagger: TaggerSettings | None = None
) -> Summary:
    """One bounded run."""
    request = RunRequest(feeds=feeds, location=output, beam=beam_options([]), tagger=tagger or TaggerSettings())
    return run_bounded(request, clock)


def rows(output: str, table: str, *, comparable: bool = False) -> list[dict[str, Any]]:
    """All rows of a table, or what of them does not differ between runs, in a fixed order."""
    with connect(output) as connection:
        result = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    if comparable:
        found = [{name: value for name, value in row.items() if name not in RUN_COLUMNS} for row in found]
    return sorted(found, key=repr)


def tables(output: str) -> Mapping[str, list[dict[str, Any]]]:
    """Stories and articles, as far as two runs over the same input agree."""
    return {name: rows(output, name, comparable=True) for name in ("stories", "articles")}


def _rss(name: str, pieces: list[Piece]) -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(piece.guid)}</guid><title>{escape(piece.title)}</title>"
        f"<link>https://{name}.example/{escape(piece.guid)}</link>"
        f"<pubDate>{format_datetime(START + timedelta(hours=piece.hours))}</pubDate>"
        f"<description>{escape(piece.text)}</description></item>"
        for piece in pieces
    )
    return (
        f"<rss version='2.0'><channel><title>{name}</title><link>https://{name}.example/</link>{items}</channel></rss>"
    )


SPY = (
    "VESTMARK, March 2 (Coastal News Agency) - A court in the capital on Monday extended the detention of a "
    "shipping engineer accused of passing harbour plans to a foreign intelligence service, his lawyer said. "
    "Henrik Dahl, 43, was arrested on February 11 at the northern port of Skarn, where he had worked for nine "
    "years. Prosecutors say that he photographed a naval yard and sent the pictures abroad. He denies the charge "
    "of espionage and faces up to 15 years in prison if convicted. The embassy of Norway has asked for consular "
    "access, a spokeswoman said, and expects a visit next week. A trial is not expected before June."
)
WHEAT = (
    "CHICAGO, March 2 (Coastal News Agency) - Wheat futures fell 2.3 percent on Monday after rain reached the "
    "southern plains and exporters reported fewer sales than a year ago. The May contract lost 14 cents to close "
    "at 5.91 dollars a bushel, the lowest since January. Traders said that funds sold about 6,000 contracts. Corn "
    "was little changed at 4.37 dollars, while soybeans rose 8 cents to 10.12 dollars on demand from crushers in "
    "Argentina and China."
)
FINAL = (
    "LISBON, March 2 - Rui Sampaio scored twice in the last ten minutes as Atletico Ribeira came from behind to "
    "beat Vale Norte 3-2 and reach the cup final for the first time in 31 years. The visitors led through Tiago "
    "Leal and a penalty by Andre Moura before the interval, but the second half belonged to the home side, "
    "watched by 18,402 people in heavy rain. Coach Helena Prates called it the finest evening of her career and "
    "praised the young bench."
)
QUAKE = (
    "TALCA, March 3 - An earthquake of magnitude 6.1 shook central Chile before dawn on Tuesday, cutting power to "
    "some 40,000 homes but causing no deaths, the emergency office said. The quake struck 52 kilometres southwest "
    "of the city at a depth of 35 kilometres. Schools stayed closed in nine towns while engineers inspected "
    "bridges on the coastal road, and the navy ruled out a tsunami within minutes of the first tremor."
)
