"""What an editor expects of the sample feeds: samples/expected.toml, typed."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from schemas.tables import DateQuality, EntityLabel, Outcome, RejectStage, Relation

SAMPLES = Path(__file__).parents[2] / "samples"
"""The folder of the sample feeds."""

Snapshot = Literal["first", "later", "latest"]
SNAPSHOTS: tuple[Snapshot, ...] = ("first", "later", "latest")
"""The states of the sample documents, in the order of the runs that see them."""

LookAlike = Literal["template", "independent", "next-lead", "digest"]


class _Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: a misspelt field is an error, not a silent default."""


class ExpectedArticle(_Row, frozen=True, kw_only=True):
    """One publication, as a row of `articles` must tell it."""

    feed: str
    title: str
    story: str = ""
    """Name of its story; given by its place in the file."""
    guid: str | None = None
    relation: Relation = "lead"
    snapshot: Snapshot = "first"
    """The snapshot that shows it first."""
    version: int = 1
    date_quality: DateQuality = "exact"
    published_at: datetime | None = None
    """Stated where reading the date is the point; None says nothing."""
    language: str = "en"
    origin_agency: str | None = None
    dateline_place: str | None = None
    traps: list[str] = []

    @property
    def key(self) -> str:
        """What tells it from the other items of its feed: the guid, or the title where the publisher gives none.

        A guid that a publisher gives to several items tells nothing; then only guid and title together do.
        """
        return self.title if self.guid is None or "repeated-guid" in self.traps else self.guid


class ExpectedStory(_Row, frozen=True, kw_only=True):
    """A story: its publications, the lead first, and what its row must hold."""

    name: str
    articles: list[ExpectedArticle]
    topics: list[str] | None = None
    """Exactly these, beside those of `topics_may`; None where the file makes no such claim."""
    topics_may: list[str] = []
    topics_include: list[str] = []
    topics_exclude: list[str] = []
    entities: list[tuple[str, EntityLabel]] = []
    """Mentions that must be found in the lead's text, with their labels."""
    countries: list[str] = []
    cites: list[str] = []

    @property
    def lead(self) -> ExpectedArticle:
        """The article that gives the story its row."""
        return self.articles[0]


class LookAlikes(_Row, frozen=True, kw_only=True):
    """Stories that must stay apart."""

    kind: LookAlike
    why: str
    stories: list[str]


class ExpectedDocument(_Row, frozen=True, kw_only=True):
    """A document and what comes of polling it."""

    file: str
    """Path under the folder of the samples."""
    feed: str
    snapshot: Snapshot
    outcome: Outcome
    items: int
    """Distinct ones, usable or not."""
    new_items: int
    revised_items: int


class ExpectedReject(_Row, frozen=True, kw_only=True):
    """A row that `rejects` must hold."""

    feed: str
    snapshot: Snapshot
    stage: RejectStage
    why: str


class _File(_Row, frozen=True, kw_only=True):
    story: list[ExpectedStory]
    apart: list[LookAlikes]
    document: list[ExpectedDocument]
    reject: list[ExpectedReject]


class Expectations(Struct, frozen=True, kw_only=True):
    """All that the file says."""

    stories: dict[str, ExpectedStory]
    look_alikes: list[LookAlikes]
    documents: list[ExpectedDocument]
    rejects: list[ExpectedReject]

    @property
    def articles(self) -> list[ExpectedArticle]:
        """Every publication of every story, with the story's name."""
        return [article for story in self.stories.values() for article in story.articles]

    def articles_after(self, snapshot: Snapshot) -> list[ExpectedArticle]:
        """What the tables must hold once this snapshot and those before it were ingested."""
        return [article for article in self.articles if article.snapshot in SNAPSHOTS[: SNAPSHOTS.index(snapshot) + 1]]

    def stories_after(self, snapshot: Snapshot) -> dict[str, ExpectedStory]:
        """The stories whose lead has been seen by then."""
        return {article.story: self.stories[article.story] for article in self._leads(snapshot)}

    def _leads(self, snapshot: Snapshot) -> Iterator[ExpectedArticle]:
        return (article for article in self.articles_after(snapshot) if article.relation == "lead")


def load(path: Path = SAMPLES / "expected.toml") -> Expectations:
    """Reads the file.

    Raises:
        msgspec.ValidationError: a field is unknown, missing or of the wrong kind; the message names its place.
        ValueError: two stories have one name.
    """
    with path.open("rb") as file:
        content = msgspec.convert(tomllib.load(file), _File)
    stories = {story.name: _named(story) for story in content.story}
    if len(stories) < len(content.story):
        raise ValueError(f"{path}: two stories have one name")
    return Expectations(stories=stories, look_alikes=content.apart, documents=content.document, rejects=content.reject)


def _named(story: ExpectedStory) -> ExpectedStory:
    articles = [msgspec.structs.replace(article, story=story.name) for article in story.articles]
    return msgspec.structs.replace(story, articles=articles)
