"""One Parquet file: sorted rows, described columns, and the origin of the file in its metadata."""

from collections.abc import Sequence
from importlib.metadata import version

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.record import Record
from schemas.rows import to_arrow

SCHEMA_VERSION = "1"
"""Raised when a column is added; no column is ever removed, renamed or given another type."""

_ROWS_PER_GROUP = 16_384  # some 30 MB of story text: enough to compress, small enough to skip


def encode(records: Sequence[Record], record: type[Record], *, sort_by: str, run_id: str) -> bytes:
    """The bytes of a Parquet file holding the records, sorted by one column."""
    table = to_arrow(sorted(records, key=lambda row: _order(row, sort_by)), record)
    table = table.replace_schema_metadata(
        {
            "casewire.schema_version": SCHEMA_VERSION,
            "casewire.pipeline_version": version("casewire"),
            "casewire.run_id": run_id,
        }
    )
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        write_statistics=True,
        write_page_index=True,
        row_group_size=_ROWS_PER_GROUP,
        sorting_columns=[pq.SortingColumn(table.schema.get_field_index(sort_by))],
    )
    return bytes(sink.getvalue())


def _order(row: Record, sort_by: str) -> tuple[object, ...]:
    """By the column, then by the first one, so that equal rows give equal files."""
    return getattr(row, sort_by), getattr(row, row.__struct_fields__[0])
