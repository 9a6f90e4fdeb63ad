"""Assemble: the feeds to poll with what is remembered of them, sharded so that one site is polled from one place."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
import xxhash
from apache_beam.pvalue import TaggedOutput

from schemas.flow import Feed, FeedFact, Poll, Shard
from schemas.memory import FeedMemory
from transforms.poll.site import site_of


class Assembled(NamedTuple):
    """The output of `AssembleShards`."""

    shards: beam.PCollection
    """Shard: every configured feed with its memory."""
    others: beam.PCollection
    """FeedMemory of feeds that are not configured in this run; kept, so that they may come back."""


class AssembleShards(beam.PTransform):
    """(Feed, FeedMemory) to shards."""

    def __init__(self, shards: int) -> None:
        super().__init__()
        self._shards = shards

    def expand(self, inputs: tuple[beam.PCollection, beam.PCollection]) -> Assembled:
        """Joins by feed, then groups by site."""
        feeds, memories = inputs
        keyed = tuple[str, FeedFact]
        joined = (
            (
                feeds | "Feed by id" >> beam.Map(_feed_by_id).with_output_types(keyed),
                memories | "Memory by id" >> beam.Map(_memory_by_id).with_output_types(keyed),
            )
            | "Both" >> beam.Flatten()
            | "Gather by id" >> beam.GroupByKey()
            | "Join" >> beam.ParDo(_Join()).with_outputs("others", main="polls")
        )
        shards = (
            joined.polls
            | "By site" >> beam.ParDo(_KeyBySite(self._shards)).with_output_types(tuple[int, Poll])
            | "Gather by site" >> beam.GroupByKey()
            | "Shard" >> beam.MapTuple(_shard).with_output_types(Shard)
        )
        return Assembled(shards, joined.others)


class _Join(beam.DoFn):
    def process(
        self, group: tuple[str, Iterable[FeedFact]]
    ) -> Iterator[Poll | TaggedOutput[Literal["others"], FeedMemory]]:
        feed: Feed | None = None
        memory: FeedMemory | None = None
        for fact in group[1]:
            feed = fact.feed or feed
            memory = fact.memory or memory
        if feed:
            yield Poll(feed=feed, memory=memory or FeedMemory(feed_id=feed.feed_id, url=feed.url))
        elif memory:
            yield TaggedOutput("others", memory)


class _KeyBySite(beam.DoFn):
    def __init__(self, shards: int) -> None:
        self._shards = shards

    def process(self, poll: Poll) -> Iterator[tuple[int, Poll]]:
        yield xxhash.xxh3_64_intdigest(site_of(poll.feed.url).encode()) % self._shards, poll


def _feed_by_id(feed: Feed) -> tuple[str, FeedFact]:
    return feed.feed_id, FeedFact(feed=feed)


def _memory_by_id(memory: FeedMemory) -> tuple[str, FeedFact]:
    return memory.feed_id, FeedFact(memory=memory)


def _shard(number: int, polls: Iterable[Poll]) -> Shard:
    return Shard(number=number, polls=sorted(polls, key=lambda poll: poll.feed.feed_id))
