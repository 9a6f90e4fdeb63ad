"""Recall: memory files to records."""

from collections.abc import Iterator
from datetime import datetime

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.memory import FeedMemory, Sketch
from schemas.rows import from_arrow
from transforms.metrics import StepMetrics
from transforms.write.store import StorageError, Store


class RecallFeeds(beam.PTransform):
    """Paths of memory files to what is remembered of each feed."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._location = location

    def expand(self, paths: beam.PCollection) -> beam.PCollection:
        """Paths, relative to the store, to FeedMemory."""
        return paths | beam.ParDo(_ReadFeeds(self._location))


class RecallSketches(beam.PTransform):
    """Paths of memory files to the sketches that are still in the window."""

    def __init__(self, location: str, window_start: datetime) -> None:
        super().__init__()
        self._location = location
        self._window_start = window_start

    def expand(self, paths: beam.PCollection) -> beam.PCollection:
        """Paths, relative to the store, to Sketch."""
        return (
            paths
            # Spreads the files over the workers; Beam's Reshuffle would pickle them.
            | "By path" >> beam.Map(_keyed).with_output_types(tuple[str, str])
            | "Spread" >> beam.GroupByKey()
            | "Paths" >> beam.Keys().with_output_types(str)
            | "Read" >> beam.ParDo(_ReadSketches(self._location, self._window_start))
        )


def _keyed(path: str) -> tuple[str, str]:
    return path, path


class _ReadMemory(beam.DoFn):
    """Reads one memory file."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._metrics = StepMetrics("recall")

    def setup(self) -> None:
        self._store = Store(self._location)

    def read(self, path: str) -> pa.Table:
        body = self._store.get(path)
        if body is None:
            raise StorageError(f"{self._location}/{path} is missing: the memory was damaged; restore it from a backup")
        return pq.read_table(pa.BufferReader(body))


class _ReadFeeds(_ReadMemory):
    def process(self, path: str) -> Iterator[FeedMemory]:
        with self._metrics.timed():
            memories = from_arrow(self.read(path), FeedMemory)
        self._metrics.count("feeds", len(memories))
        yield from memories


class _ReadSketches(_ReadMemory):
    def __init__(self, location: str, window_start: datetime) -> None:
        super().__init__(location)
        self._window_start = window_start

    def process(self, path: str) -> Iterator[Sketch]:
        with self._metrics.timed():
            sketches = from_arrow(self.read(path), Sketch)
            current = [sketch for sketch in sketches if sketch.first_seen_at >= self._window_start]
        self._metrics.count("sketches", len(current))
        yield from current
