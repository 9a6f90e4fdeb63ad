"""Polls the feeds of a shard: the policy, the client and the crew at work together."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from schemas.flow import Entry, Feed, Poll
from schemas.memory import FeedMemory
from schemas.tables import Fetch, Reject
from transforms.poll import policy
from transforms.poll.credentials import MissingSecretError, authorization
from transforms.poll.crew import Crew
from transforms.poll.exchange import Answer, Failure, Request
from transforms.poll.outcome import SUCCESSES
from transforms.poll.reading import Reader
from transforms.poll.rows import fetch_row, reject_row, remember_reject
from transforms.poll.settings import PollSettings
from transforms.poll.site import site_of

_log = logging.getLogger("casewire.poll")

Clock = Callable[[], datetime]
Fetcher = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one attempt left behind."""

    feed: Feed
    fetch: Fetch
    reject: Reject | None
    entries: list[Entry]
    memory: FeedMemory


@dataclass(frozen=True, slots=True)
class _Job:
    feed: Feed
    memory: FeedMemory
    request: Request


class Poller:
    """Polls feeds once."""

    def __init__(
        self, fetch: Fetcher, *, settings: PollSettings, clock: Clock, run_id: str, reader: Reader | None = None
    ) -> None:
        """Makes a poller.

        Args:
            fetch: asks the web; runs in threads.
            settings: limits and manners.
            clock: the time, UTC.
            run_id: the run, for the rows.
            reader: reads what came.
        """
        self._fetch = fetch
        self._settings = settings
        self._clock = clock
        self._run_id = run_id
        self._reader = reader or Reader()

    def poll(self, polls: list[Poll], *, poll_all: bool = False) -> Iterator[Polled | FeedMemory]:
        """Polls the feeds that are due.

        Args:
            polls: feeds of whole sites, with their memory.
            poll_all: whether to ask also those that are not due yet.

        Yields:
            Every attempt as soon as it is over; then the memory of every feed, polled or not.
        """
        now = self._clock()
        memories = {poll.feed.feed_id: policy.recall(poll.feed, poll.memory) for poll in polls}
        feeds = [poll.feed for poll in polls]
        due = [feed for feed in feeds if policy.is_due(feed, memories[feed.feed_id], now, poll_all=poll_all)]
        due.sort(key=lambda feed: memories[feed.feed_id].next_due_at or now)  # the longest overdue first
        _log.info("%d feeds are due", len(due), extra={"step": "poll", "advance": len(feeds) - len(due)})
        pauses: dict[str, datetime] = {}
        for polled in self._attempts(_one_per_address(due, memories), memories, now):
            memories[polled.feed.feed_id] = polled.memory
            if pause := policy.site_pause(polled.feed, polled.memory):
                pauses[site_of(polled.memory.url)] = pause
            yield polled
        for feed in feeds:
            memory = memories[feed.feed_id]
            pause = None if feed.private_network else pauses.get(site_of(memory.url))
            yield policy.hold(memory, pause) if pause else memory

    def _attempts(self, feeds: list[Feed], memories: Mapping[str, FeedMemory], now: datetime) -> Iterator[Polled]:
        settings = self._settings
        with Crew(self._work, threads=settings.threads, per_site=settings.per_site) as crew:
            for feed in feeds:
                memory = memories[feed.feed_id]
                try:
                    secret = authorization(feed, memory.url)
                except MissingSecretError as error:
                    failure = Failure(outcome="forbidden", detail=str(error), url=memory.url, transient=True)
                    yield self._conclude(_Job(feed, memory, policy.ask(feed, memory, now, settings)), failure)
                else:
                    request = policy.ask(feed, memory, now, settings).bearing(secret)
                    self._line_up(crew, _Job(feed, memory, request))
            for job, answer in crew.results():
                second = policy.ask_again(job.feed, job.request, answer)
                if second:
                    self._line_up(crew, replace(job, request=second))
                    continue
                polled = self._conclude(job, answer)
                if policy.site_pause(job.feed, polled.memory):
                    crew.withdraw(site_of(job.request.url))
                yield polled

    def _line_up(self, crew: "Crew[_Job, Answer]", job: _Job) -> None:
        spacing_s = 0.0 if job.feed.private_network else self._settings.spacing_s
        crew.add(site_of(job.request.url), job, spacing_s=spacing_s)

    def _work(self, job: _Job) -> Answer:
        return self._fetch(job.request)

    def _conclude(self, job: _Job, answer: Answer) -> Polled:
        now = self._clock()
        feed = job.feed
        came = self._reader.came(feed, job.memory, job.request, answer, now)
        chance = Random(f"{feed.feed_id} {now.isoformat()}")  # noqa: S311 -- spreads requests, guards nothing
        reject = None if came.outcome in SUCCESSES else reject_row(feed, came, now, self._run_id)
        memory = remember_reject(policy.conclude(feed, job.memory, came, now, chance), reject)
        if memory.rejected_hash == job.memory.rejected_hash:
            reject = None  # the same page as last time is in the table already
        _log.info("%s: %s, %s", feed.feed_id, came.outcome, came.detail, extra={"step": "poll", "advance": 1})
        return Polled(
            feed=feed,
            fetch=fetch_row(feed, came, memory, now, self._run_id),
            reject=reject,
            entries=came.news.entries if came.news else [],
            memory=memory,
        )


def _one_per_address(feeds: list[Feed], memories: Mapping[str, FeedMemory]) -> list[Feed]:
    """The feeds without those that repeat another's address, as configured or as redirects made it."""
    first: dict[str, Feed] = {}
    for feed in feeds:
        other = first.setdefault(memories[feed.feed_id].url, feed)
        if other is not feed:
            _log.warning("%s is not polled: %s has the same address; remove one of them", feed.feed_id, other.feed_id)
    return list(first.values())
