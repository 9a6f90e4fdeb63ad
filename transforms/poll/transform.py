"""PollFeeds: shards to entries, fetches, rejects and memory."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from schemas.flow import Entry, Shard
from schemas.memory import FeedMemory
from schemas.tables import Fetch, Reject
from transforms.metrics import StepMetrics
from transforms.poll.client import Client
from transforms.poll.outcome import SUCCESSES
from transforms.poll.poller import Clock, Polled, Poller
from transforms.poll.settings import PollSettings


class PolledFeeds(NamedTuple):
    """The outputs of `PollFeeds`."""

    entries: beam.PCollection
    """Entry: what is new or revised."""
    fetches: beam.PCollection
    """Fetch: one per attempt."""
    rejects: beam.PCollection
    """Reject: documents that are no feeds."""
    memory: beam.PCollection
    """FeedMemory: of every feed of the shards, polled or not."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class PollFeeds(beam.PTransform):
    """Polls the feeds that are due."""

    def __init__(
        self, run_id: str, *, poll_all: bool = False, settings: PollSettings | None = None, clock: Clock = utc_now
    ) -> None:
        """Prepares the step.

        Args:
            run_id: the run, for the rows.
            poll_all: whether to ask also feeds that are not due yet; a Retry-After is obeyed all the same.
            settings: limits and manners.
            clock: the time, UTC; a function that can be pickled.
        """
        super().__init__()
        self._run_id = run_id
        self._poll_all = poll_all
        self._settings = settings or PollSettings()
        self._clock = clock

    def expand(self, shards: beam.PCollection) -> PolledFeeds:
        """Shard to the four outputs."""
        outputs = shards | "Poll" >> beam.ParDo(
            _PollShard(self._run_id, self._settings, self._clock, poll_all=self._poll_all)
        ).with_outputs("fetches", "rejects", "memory", main="entries")
        return PolledFeeds(outputs.entries, outputs.fetches, outputs.rejects, outputs.memory)


class _PollShard(beam.DoFn):
    def __init__(self, run_id: str, settings: PollSettings, clock: Clock, *, poll_all: bool) -> None:
        self._run_id = run_id
        self._settings = settings
        self._clock = clock
        self._poll_all = poll_all
        self._metrics = StepMetrics("poll")

    def setup(self) -> None:
        self._client = Client(self._settings)
        self._poller = Poller(self._client.fetch, settings=self._settings, clock=self._clock, run_id=self._run_id)

    def process(
        self, shard: Shard
    ) -> Iterator[
        Entry
        | TaggedOutput[Literal["fetches"], Fetch]
        | TaggedOutput[Literal["rejects"], Reject]
        | TaggedOutput[Literal["memory"], FeedMemory]
    ]:
        """Shard to whatever polling it brings."""
        results = self._poller.poll(shard.polls, poll_all=self._poll_all)
        while (result := self._next(results)) is not None:
            if isinstance(result, FeedMemory):
                yield TaggedOutput("memory", result)
                continue
            self._count(result)
            yield from result.entries
            yield TaggedOutput("fetches", result.fetch)
            if result.reject:
                yield TaggedOutput("rejects", result.reject)

    def teardown(self) -> None:
        self._client.close()

    def _next(self, results: Iterator[Polled | FeedMemory]) -> Polled | FeedMemory | None:
        """The next result, on the clock: what later steps do with it between two of them is not polling."""
        with self._metrics.timed():
            return next(results, None)

    def _count(self, polled: Polled) -> None:
        fetch = polled.fetch
        self._metrics.count("polled")
        self._metrics.count(fetch.outcome)
        if fetch.outcome not in SUCCESSES:
            self._metrics.count("failed")
        if fetch.overlap == 0:
            self._metrics.count("gaps")
        self._metrics.count("items", fetch.items)
        self._metrics.count("new_items", fetch.new_items)
