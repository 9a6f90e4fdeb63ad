"""`Deduplicate`: items to articles, story leads and what to remember, on Beam."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from msgspec.structs import replace

from schemas.flow import ArticleFact, Candidate, Item, Match, Placement
from schemas.memory import Sketch
from schemas.tables import Article, Reject
from transforms.dead_letter import reject_item
from transforms.deduplicate.match import WINDOW, match_group
from transforms.deduplicate.place import lead, to_article
from transforms.deduplicate.resolve import known_revision, resolve
from transforms.deduplicate.sketch import Sketcher
from transforms.metrics import StepMetrics

logger = logging.getLogger("casewire.deduplicate")


@dataclass(frozen=True)
class Deduplicated:
    """What became of the items."""

    articles: beam.PCollection[Article]
    """Every item, placed."""
    leads: beam.PCollection[Item]
    """The items that lead a new story."""
    sketches: beam.PCollection[Sketch]
    """What to remember of the articles."""
    rejects: beam.PCollection[Reject]
    """Items that could not be compared with others; each is a story of its own."""


class Deduplicate(beam.PTransform):
    """Places items in stories, among themselves and against remembered sketches."""

    def __init__(self, run_id: str, window: timedelta = WINDOW) -> None:
        """What to compare.

        Args:
            run_id: the run that writes the articles.
            window: longest time between an article and one it copies.
        """
        super().__init__()
        self._run_id = run_id
        self._window = window

    def expand(self, inputs: tuple[beam.PCollection[Item], beam.PCollection[Sketch]]) -> Deduplicated:
        """(items, remembered sketches) to articles, leads and sketches."""
        items, remembered = inputs
        by_id = tuple[str, ArticleFact]
        outputs = items | "Sketch" >> beam.ParDo(_SketchFn(self._run_id)).with_outputs("rejects", main="sketched")
        sketched = outputs.sketched
        candidates = (
            sketched | "New by key" >> beam.FlatMap(_new_by_key).with_output_types(tuple[int, Candidate]),
            remembered | "Known by key" >> beam.FlatMap(_known_by_key).with_output_types(tuple[int, Candidate]),
        ) | "Candidates" >> beam.Flatten()
        matched = (
            candidates
            | "Gather by key" >> beam.GroupByKey()
            | "Match" >> beam.ParDo(_MatchFn(self._window)).with_output_types(Match)
        )
        revised = sketched | "Revisions" >> beam.FlatMap(_revision).with_output_types(Match)
        placements = (
            (matched, revised)
            | "Matches" >> beam.Flatten()
            | "To one place" >> beam.WithKeys(0).with_output_types(tuple[int, Match])
            | "Gather matches" >> beam.GroupByKey()
            | "Resolve" >> beam.ParDo(_ResolveFn()).with_output_types(by_id)
        )
        placed = (
            (sketched, placements)
            | "Items and placements" >> beam.Flatten()
            | "Gather by article" >> beam.GroupByKey()
            | "Place" >> beam.ParDo(_PlaceFn(self._run_id)).with_outputs("leads", "sketches", main="articles")
        )
        return Deduplicated(placed.articles, placed.leads, placed.sketches, outputs.rejects)


class _SketchFn(beam.DoFn):
    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def setup(self) -> None:
        self._metrics = StepMetrics("deduplicate")
        self._sketcher = Sketcher()

    def process(self, item: Item) -> Iterator[tuple[str, ArticleFact] | TaggedOutput[Literal["rejects"], Reject]]:
        try:
            with self._metrics.timed():
                sketch = self._sketcher.sketch(item)
        except Exception as error:  # a text that nobody thought of must not cost the run, and every run after it
            logger.warning("article %s could not be compared, see rejects: %r", item.article_id, error)
            yield TaggedOutput("rejects", reject_item(item, "deduplicate", error, self._run_id))
            sketch = self._sketcher.sketch(replace(item, title="", text="", summary=None))
        yield item.article_id, ArticleFact(item=item, sketch=sketch)


class _MatchFn(beam.DoFn):
    def __init__(self, window: timedelta) -> None:
        super().__init__()
        self._window = window

    def setup(self) -> None:
        self._metrics = StepMetrics("deduplicate")

    def process(self, group: tuple[int, Iterable[Candidate]]) -> Iterator[Match]:
        key, candidates = group
        with self._metrics.timed():
            matches = match_group(key, candidates, self._window)
        yield from matches


class _ResolveFn(beam.DoFn):
    def setup(self) -> None:
        self._metrics = StepMetrics("deduplicate")

    def process(self, group: tuple[int, Iterable[Match]]) -> Iterator[tuple[str, ArticleFact]]:
        with self._metrics.timed():
            placements = resolve(group[1])
        for placement in placements:
            yield placement.article_id, ArticleFact(placement=placement)


class _PlaceFn(beam.DoFn):
    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def setup(self) -> None:
        self._metrics = StepMetrics("deduplicate")

    def process(
        self, group: tuple[str, Iterable[ArticleFact]]
    ) -> Iterator[Article | TaggedOutput[Literal["leads"], Item] | TaggedOutput[Literal["sketches"], Sketch]]:
        article_id, facts = group
        item: Item | None = None
        sketch: Sketch | None = None
        placement: Placement | None = None
        for fact in facts:
            item = fact.item or item
            sketch = fact.sketch or sketch
            placement = fact.placement or placement
        if item is None or sketch is None:
            raise RuntimeError(f"article {article_id} was placed but is not among the items: the runner lost its item")
        placement = placement or lead(article_id)
        self._metrics.count(placement.relation)
        yield to_article(item, placement, self._run_id)
        yield TaggedOutput("sketches", replace(sketch, story_id=placement.story_id, verified=placement.verified))
        if placement.relation == "lead":
            yield TaggedOutput("leads", item)


def _new_by_key(sketched: tuple[str, ArticleFact]) -> Iterator[tuple[int, Candidate]]:
    sketch = sketched[1].sketch
    if sketch:
        candidate = Candidate(sketch=sketch, known=False)
        for key in sketch.keys:
            yield key, candidate


def _known_by_key(sketch: Sketch) -> Iterator[tuple[int, Candidate]]:
    candidate = Candidate(sketch=sketch, known=True)
    for key in sketch.keys:
        yield key, candidate


def _revision(sketched: tuple[str, ArticleFact]) -> Iterator[Match]:
    item = sketched[1].item
    if item and (match := known_revision(item)):
        yield match
