"""Threads that work off a schedule while the caller reads what they bring."""

import queue
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Generic, Self, TypeVar

from transforms.poll.schedule import Schedule

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Task(Generic[Job]):
    site: Hashable
    job: Job


class Crew(Generic[Job, Result]):
    """Works on jobs as their sites allow, and hands each result over as soon as it is there.

    A job holds its place until its result was taken, so that no more results wait than there are threads.
    """

    def __init__(self, work: Callable[[Job], Result], *, threads: int, per_site: int) -> None:
        """Hires the threads.

        Args:
            work: what to do with a job; runs in the threads.
            threads: jobs at once.
            per_site: of them, to one site.
        """
        self._work = work
        self._places = threading.Semaphore(threads)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="poll")
        self._schedule: Schedule[_Task[Job]] = Schedule(per_site=per_site)
        self._changed = threading.Condition()
        self._results: queue.SimpleQueue[tuple[Job, Future[Result]]] = queue.SimpleQueue()
        self._open = 0
        self._closed = False
        self._dispatcher = threading.Thread(target=self._dispatch, name="poll-dispatch", daemon=True)

    def add(self, site: Hashable, job: Job, *, spacing_s: float) -> None:
        """Gives the crew a job; also while results are being read."""
        with self._changed:
            self._open += 1
            self._schedule.add(site, _Task(site, job), spacing_s=spacing_s)
            self._changed.notify()

    def withdraw(self, site: Hashable) -> list[Job]:
        """Takes back the jobs of a site that have not started."""
        with self._changed:
            withdrawn = [task.job for task in self._schedule.withdraw(site)]
            self._open -= len(withdrawn)
            return withdrawn

    def results(self) -> Iterator[tuple[Job, Result]]:
        """Every job with its result, in the order they end; raises what the work raised."""
        while self._open:
            job, future = self._results.get()
            self._open -= 1
            self._places.release()
            yield job, future.result()

    def __enter__(self) -> Self:
        self._dispatcher.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._places.release()  # the dispatcher may be waiting for a place
        self._dispatcher.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _dispatch(self) -> None:
        while True:
            self._places.acquire()
            task = self._next()
            if task is None:
                return
            self._pool.submit(self._work, task.job).add_done_callback(partial(self._ended, task))

    def _next(self) -> _Task[Job] | None:
        """Waits for a task that may start; None once the crew is dismissed."""
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                if (task := self._schedule.take(now)) is not None:
                    return task
                self._changed.wait(self._schedule.wait_s(now))
            return None

    def _ended(self, task: _Task[Job], future: Future[Result]) -> None:
        with self._changed:
            self._schedule.ended(task.site)
            self._changed.notify()
        self._results.put((task.job, future))
