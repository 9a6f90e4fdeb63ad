"""WriteTables: rows grouped by table and day, one sorted Parquet file each, staged for the commit.

Beam's own `WriteToFiles` and `WriteToParquet` neither sort nor know the files of successful bundles alone, which is
what the commit publishes; a group, a sort and a put under a name that a retry repeats are simpler than both.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import apache_beam as beam
import msgspec

from schemas.flow import StagedFile
from schemas.memory import MEMORY
from schemas.record import Record
from schemas.tables import PARTITIONED_BY, TABLES
from transforms.metrics import StepMetrics
from transforms.write.parquet import encode
from transforms.write.store import Store

STAGED_FILES = "files.json"
"""Object under the staging folder that lists the files of successful bundles."""


class WriteTables(beam.PTransform):
    """Writes every table's rows and the new memory under a staging folder, then the list of the files."""

    def __init__(self, location: str, staging: str, run_id: str) -> None:
        """Where to write.

        Args:
            location: address of the store.
            staging: folder of this run within it.
            run_id: goes into file names and metadata.
        """
        super().__init__()
        self._location = location
        self._staging = staging
        self._run_id = run_id

    def expand(self, rows: Mapping[str, beam.PCollection]) -> beam.PCollection:
        """Takes each table's rows by the table's name; gives the staged files once their list is written."""
        written = [self._write(name, table_rows) for name, table_rows in rows.items()]
        return (
            written
            | "All files" >> beam.Flatten()
            | "To one list" >> beam.WithKeys(STAGED_FILES).with_output_types(tuple[str, StagedFile])
            | "Gather list" >> beam.GroupByKey()
            | "Stage list" >> beam.ParDo(_StageList(self._location, self._staging))
        )

    def _write(self, name: str, rows: beam.PCollection) -> beam.PCollection:
        by_day = tuple.__class_getitem__((str, _record(name)))
        return (
            rows
            | f"Group {name} by day" >> beam.ParDo(_KeyByDay(name)).with_output_types(by_day)
            | f"Gather {name}" >> beam.GroupByKey()
            | f"Stage {name}" >> beam.ParDo(_StageFile(name, self._location, self._staging, self._run_id))
        )


class _KeyByDay(beam.DoFn):
    """Rows to (`date=…` folder, row); memory is not partitioned."""

    def __init__(self, name: str) -> None:
        self._name = name

    def process(self, row: Record) -> Iterator[tuple[str, Record]]:
        if self._name in MEMORY:
            yield "_memory", row
        else:
            moment: datetime = getattr(row, PARTITIONED_BY[self._name])
            yield f"{self._name}/date={moment:%Y-%m-%d}", row


class _StageFile(beam.DoFn):
    """All rows of one folder to one file."""

    def __init__(self, name: str, location: str, staging: str, run_id: str) -> None:
        self._name = name
        self._location = location
        self._staging = staging
        self._run_id = run_id
        self._metrics = StepMetrics("write")

    def setup(self) -> None:
        self._store = Store(self._location)

    def process(self, group: tuple[str, Iterable[Record]]) -> Iterator[StagedFile]:
        folder, rows = group
        records = list(rows)
        with self._metrics.timed():
            record = _record(self._name)
            sort_by = PARTITIONED_BY.get(self._name, record.__struct_fields__[0])
            body = encode(records, record, sort_by=sort_by, run_id=self._run_id)
            file = f"{self._name}-{self._run_id}" if self._name in MEMORY else f"part-{self._run_id}-00000"
            target = f"{folder}/{file}.parquet"
            self._store.put(f"{self._staging}/{target}", body)
        self._metrics.count(self._name, len(records))
        yield StagedFile(table=self._name, target=target, rows=len(records), bytes=len(body))


class _StageList(beam.DoFn):
    """The list of staged files to one object."""

    def __init__(self, location: str, staging: str) -> None:
        self._location = location
        self._staging = staging

    def setup(self) -> None:
        self._store = Store(self._location)

    def process(self, listed: tuple[str, Iterable[StagedFile]]) -> Iterator[StagedFile]:
        name, files = listed
        ordered = sorted(files, key=lambda file: file.target)
        self._store.put(f"{self._staging}/{name}", msgspec.json.encode(ordered))
        yield from ordered


def _record(name: str) -> type[Record]:
    return TABLES.get(name) or MEMORY[name]
