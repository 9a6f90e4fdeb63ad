"""The Beam metrics every step keeps: counters by name, and the time its core takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from apache_beam.metrics import Metrics

TIME = "microseconds"
"""Name of the distribution that `StepMetrics.timed` feeds; its sum is the step's time."""


class StepMetrics:
    """Counters and a timer in the namespace of one step."""

    def __init__(self, step: str) -> None:
        self._step = step
        self._time = Metrics.distribution(step, TIME)

    def count(self, name: str, by: int = 1) -> None:
        """Adds to a counter of the step."""
        Metrics.counter(self._step, name).inc(by)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Times the block, in microseconds of wall clock."""
        start = time.perf_counter_ns()
        try:
            yield
        finally:
            self._time.update((time.perf_counter_ns() - start) // 1000)
