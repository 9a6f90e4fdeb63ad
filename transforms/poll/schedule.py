"""When a request may start: never too many at once to one site, never too soon after the last."""

import heapq
import itertools
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass(slots=True)
class _Lane(Generic[Job]):
    """The requests to one site."""

    spacing_s: float
    waiting: deque[Job] = field(default_factory=deque)
    running: int = 0
    free_at: float = 0.0
    ticket: int = 0
    """Number of its place in a queue; places with another number are void."""


class Schedule(Generic[Job]):
    """Orders jobs by what their sites allow; of those that may start, the one with the longest line behind it does.

    Pure: the time, in seconds of any clock, is handed in.
    """

    def __init__(self, *, per_site: int) -> None:
        """Makes an empty schedule.

        Args:
            per_site: jobs of one site that may run at once.
        """
        self._per_site = per_site
        self._lanes: dict[Hashable, _Lane[Job]] = {}
        self._later: list[tuple[float, int, Hashable]] = []
        self._ready: list[tuple[int, int, Hashable]] = []
        self._tickets = itertools.count(1)

    def add(self, site: Hashable, job: Job, *, spacing_s: float) -> None:
        """Puts a job last in its site's line.

        Args:
            site: what limits are kept by.
            job: anything.
            spacing_s: seconds between the starts of two jobs of this site.
        """
        lane = self._lanes.setdefault(site, _Lane(spacing_s))
        lane.waiting.append(job)
        self._queue(site, lane)

    def take(self, now: float) -> Job | None:
        """A job that may start now; None if there is none."""
        while self._later and self._later[0][0] <= now:
            _free_at, ticket, site = heapq.heappop(self._later)
            lane = self._lanes[site]
            if ticket == lane.ticket:
                heapq.heappush(self._ready, (-len(lane.waiting), ticket, site))
        while self._ready:
            _length, ticket, site = heapq.heappop(self._ready)
            lane = self._lanes[site]
            if ticket == lane.ticket and lane.waiting:
                job = lane.waiting.popleft()
                lane.running += 1
                lane.free_at = now + lane.spacing_s
                self._queue(site, lane)
                return job
        return None

    def ended(self, site: Hashable) -> None:
        """A job of this site has ended."""
        lane = self._lanes[site]
        lane.running -= 1
        self._queue(site, lane)

    def withdraw(self, site: Hashable) -> list[Job]:
        """Takes back the jobs of a site that have not started."""
        lane = self._lanes[site]
        withdrawn = list(lane.waiting)
        lane.waiting.clear()
        return withdrawn

    def wait_s(self, now: float) -> float | None:
        """Seconds until a job may start; None if one has to end or be added first."""
        if self._ready:
            return 0.0
        return max(0.0, self._later[0][0] - now) if self._later else None

    def _queue(self, site: Hashable, lane: _Lane[Job]) -> None:
        lane.ticket = next(self._tickets)
        if lane.waiting and lane.running < self._per_site:
            heapq.heappush(self._later, (lane.free_at, lane.ticket, site))
