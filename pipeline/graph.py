"""The flow, on one page: feeds in, tables and memory out.

feeds ─► PollFeeds ─► ParseEntries ─► Deduplicate ─► TagStories ─► WriteTables
           │ fetches      │ rejects       │ copies      (leads only)
           └ memory ◄─────┴───────────────┘
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import apache_beam as beam

from schemas.flow import Feed
from transforms.deduplicate.transform import Deduplicate
from transforms.memory.assemble import AssembleShards
from transforms.memory.recall import RecallFeeds, RecallSketches
from transforms.memory.remember import Remember
from transforms.parse.transform import ParseEntries
from transforms.poll.poller import Clock
from transforms.poll.transform import PollFeeds, utc_now
from transforms.tag.transform import TaggerSettings, TagStories
from transforms.write.transform import WriteTables


@dataclass(frozen=True, slots=True)
class Job:
    """What one bounded run is asked to do."""

    run_id: str
    started_at: datetime
    feeds: list[Feed]
    location: str
    """Address of the output."""
    staging: str
    """This run's folder under it."""
    feed_memory: list[str]
    """Paths of the memory files to recall."""
    sketch_memory: list[str]
    tagger: TaggerSettings
    shards: int = 1
    poll_all: bool = False
    clock: Clock = utc_now
    window: timedelta = timedelta(hours=72)


def tables(pipeline: beam.Pipeline, job: Job) -> Mapping[str, beam.PCollection]:
    """Every table's rows, and what to remember, by name."""
    feeds = pipeline | "Feeds" >> beam.Create(job.feeds, reshuffle=False).with_output_types(Feed)
    known = (
        pipeline
        | "Feed memory" >> beam.Create(job.feed_memory, reshuffle=False).with_output_types(str)
        | RecallFeeds(job.location)
    )
    recent = (
        pipeline
        | "Sketch memory" >> beam.Create(job.sketch_memory, reshuffle=False).with_output_types(str)
        | RecallSketches(job.location, job.started_at - job.window)
    )

    assembled = (feeds, known) | AssembleShards(job.shards)
    polled = assembled.shards | PollFeeds(job.run_id, poll_all=job.poll_all, clock=job.clock)
    parsed = polled.entries | ParseEntries(job.run_id)
    placed = (parsed.items, recent) | Deduplicate(job.run_id, job.window)
    tagged = placed.leads | TagStories(job.run_id, job.tagger)
    memory = (polled.memory, placed.articles) | Remember()

    return {
        "stories": tagged.stories,
        "articles": placed.articles,
        "fetches": polled.fetches,
        "rejects": (polled.rejects, parsed.rejects, placed.rejects, tagged.rejects) | "All rejects" >> beam.Flatten(),
        "feeds": (memory, assembled.others) | "All feeds" >> beam.Flatten(),
        "sketches": placed.sketches,
    }


def build(pipeline: beam.Pipeline, job: Job) -> beam.PCollection:
    """The whole job; gives the list of staged files."""
    return tables(pipeline, job) | WriteTables(job.location, job.staging, job.run_id)
