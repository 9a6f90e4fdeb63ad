"""Records survive their coder and Parquet, and their schemas stay compatible."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.coder import RecordCoder
from schemas.memory import MEMORY, FeedMemory, ListedEntry
from schemas.record import Record, arrow_schema
from schemas.rows import from_arrow, to_arrow
from schemas.tables import PARTITIONED_BY, TABLES, Entity, Evidence, Reject, Topic

GOLDEN = Path(__file__).parent / "schemas.txt"

texts = st.text(max_size=20)
hashes = st.integers(min_value=-(2**63), max_value=2**63 - 1)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- a bound
listed = st.builds(
    ListedEntry,
    key=hashes,
    alias=hashes,
    fingerprint=hashes,
    article_id=texts,
    story_id=st.none() | texts,
    version=st.integers(1, 24),
    last_listed_at=moments,
)
memories = st.builds(
    FeedMemory,
    feed_id=texts,
    url=texts,
    etag=st.none() | texts,
    next_due_at=st.none() | moments,
    failures=st.floats(0, 100),
    entries=st.lists(listed, max_size=3),
)
rejects = st.builds(
    Reject,
    feed_id=texts,
    outlet=texts,
    url=st.none() | texts,
    rejected_at=moments,
    stage=st.sampled_from(["fetch", "document", "entry"]),
    reason=texts,
    detail=texts,
    raw=st.binary(max_size=50),
    run_id=texts,
)


@given(memories | rejects)
def test_coder_gives_back_what_it_was_given(record: Record) -> None:
    coder = RecordCoder(type(record))
    assert coder.decode(coder.encode(record)) == record


@given(memories)
def test_coder_is_deterministic(memory: FeedMemory) -> None:
    coder = RecordCoder(FeedMemory)
    assert coder.encode(memory) == coder.encode(coder.decode(coder.encode(memory)))


def test_coder_refuses_bytes_of_another_shape() -> None:
    with pytest.raises(msgspec.ValidationError):
        RecordCoder(FeedMemory).decode(msgspec.msgpack.encode([1, 2, 3]))


@given(st.lists(memories, max_size=4))
def test_parquet_gives_back_what_it_was_given(records: list[FeedMemory]) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(to_arrow(records, FeedMemory), sink)
    assert from_arrow(pq.read_table(pa.BufferReader(sink.getvalue())), FeedMemory) == records


def test_a_file_of_an_older_version_takes_defaults_for_the_columns_it_lacks() -> None:
    memory = FeedMemory(feed_id="a", url="https://a.example/feed", etag='"1"')
    older = to_arrow([memory], FeedMemory).select(["feed_id", "url", "state", "etag"])
    assert from_arrow(older, FeedMemory) == [memory]


@pytest.mark.parametrize("record", [*TABLES.values(), *MEMORY.values(), Entity, Evidence, Topic])
def test_every_column_says_what_it_means(record: type[Record]) -> None:
    for column in arrow_schema(record):
        assert len(column.metadata[b"description"]) > 5, column.name


def test_every_table_is_partitioned_by_a_time_that_is_never_null() -> None:
    assert TABLES.keys() == PARTITIONED_BY.keys()
    for name, column in PARTITIONED_BY.items():
        field = arrow_schema(TABLES[name]).field(column)
        assert (field.type, field.nullable) == (pa.timestamp("us", tz="UTC"), False)


def test_no_column_was_removed_renamed_moved_or_given_another_type() -> None:
    """New columns go last: extend the golden file; a change of any line in it breaks every reader."""
    published = [line.split("#")[0].strip() for line in GOLDEN.read_text().splitlines() if line.strip()]
    current = [
        f"{name}.{column.name}: {column.type}" for name, record in TABLES.items() for column in arrow_schema(record)
    ]
    for table in TABLES:
        before = [line for line in published if line.startswith(f"{table}.")]
        after = [line for line in current if line.startswith(f"{table}.")]
        assert after[: len(before)] == before
        assert after == before, f"add the new columns of {table} to {GOLDEN.name}"
