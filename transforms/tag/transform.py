"""TagStories: leads to stories, in batches, with one model in each process."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.utils.shared import Shared
from apache_beam.utils.windowed_value import WindowedValue

from schemas.flow import Item
from schemas.tables import Reject, Story
from schemas.taxonomy import Taxonomy
from transforms.dead_letter import reject_item
from transforms.metrics import StepMetrics
from transforms.tag.entities.gazetteer import load_gazetteer
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.story import StoryTagger
from transforms.tag.topics.tagger import TopicTagger

_BATCH = 64  # texts; spaCy's throughput is flat from here on

logger = logging.getLogger("casewire.tag")

_Output: TypeAlias = WindowedValue | TaggedOutput


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """What the user chose; files travel as their text, for a worker cannot open them."""

    spacy_model: str | None = None
    """An installed spaCy pipeline; None for the shipped one."""
    topics: str | None = None
    """The user's topics, TOML; None for the shipped taxonomy alone."""
    entities: str | None = None
    """The user's entities, TOML."""


class Tagged(NamedTuple):
    """The outputs of `TagStories`."""

    stories: beam.PCollection
    """Story: one for every lead."""
    rejects: beam.PCollection
    """Reject: leads that made the tagger fail; their stories are there, untagged."""


class TagStories(beam.PTransform):
    """Item of a lead to Story."""

    def __init__(self, run_id: str, settings: TaggerSettings) -> None:
        super().__init__()
        self._run_id = run_id
        self._settings = settings

    def expand(self, leads: beam.PCollection) -> Tagged:
        """Tags every lead once."""
        outputs = leads | "Tag" >> beam.ParDo(_Tag(self._run_id, self._settings, Shared())).with_outputs(
            "rejects", main="stories"
        )
        return Tagged(outputs.stories, outputs.rejects)


class _Tag(beam.DoFn):
    def __init__(self, run_id: str, settings: TaggerSettings, shared: Shared) -> None:
        self._run_id = run_id
        self._settings = settings
        self._shared = shared
        self._metrics = StepMetrics("tag")

    def start_bundle(self) -> None:
        self._batch: list[WindowedValue] = []

    def process(
        self,
        lead: Item,
        timestamp: Any = beam.DoFn.TimestampParam,
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[Story | TaggedOutput[Literal["rejects"], Reject]]:
        self._batch.append(WindowedValue(lead, timestamp, [window]))
        if len(self._batch) >= _BATCH:
            yield from self._tagged()

    def finish_bundle(self) -> Iterator[_Output]:
        yield from self._tagged()

    def _tagged(self) -> Iterator[_Output]:
        """The stories of the batch, each in its lead's window; Beam's BatchElements would pickle the batches."""
        if not self._batch:
            return
        batch, self._batch = self._batch, []
        with self._metrics.timed():
            # Loaded with the first batch, for most runs of a quiet hour have nothing to tag.
            tagger = self._shared.acquire(self._load)
            outputs = [output for lead in self._safely(tagger, batch) for output in lead]
        self._metrics.count("stories", len(batch))
        logger.info("tagged %d stories", len(batch), extra={"step": "tag", "advance": len(batch)})
        yield from outputs

    def _safely(self, tagger: StoryTagger, batch: list[WindowedValue]) -> Iterator[list[_Output]]:
        """The stories of a batch; when one of its leads makes the tagger fail, of its parts."""
        try:
            stories = tagger.tag([lead.value for lead in batch])
        except Exception as error:  # a text that nobody thought of must not cost the run, and every run after it
            if len(batch) > 1:
                for lead in batch:
                    yield from self._safely(tagger, [lead])
                return
            lead = batch[0]
            logger.warning("story %s could not be tagged, see rejects: %r", lead.value.article_id, error)
            reject = lead.with_value(reject_item(lead.value, "tag", error, self._run_id))
            yield [lead.with_value(tagger.untagged(lead.value)), TaggedOutput("rejects", reject)]
        else:
            yield [lead.with_value(story) for lead, story in zip(batch, stories, strict=True)]

    def _load(self) -> StoryTagger:
        settings = self._settings
        nlp = load_pipeline(settings.spacy_model)
        taxonomy = Taxonomy.from_text(settings.topics)
        return StoryTagger(nlp, load_gazetteer(settings.entities), TopicTagger(taxonomy, nlp.vocab), self._run_id)
