"""What the next run must remember: which Parquet files under `_memory/` hold it, and reading them."""

from collections.abc import Callable
from datetime import datetime

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.memory import FeedMemory, Sketch
from schemas.rows import R, from_arrow
from transforms.write.store import Store

_HEAD = "_memory/HEAD.json"


class SketchFile(msgspec.Struct, frozen=True):
    """The sketches that one run added."""

    path: str
    newest: datetime
    """Latest `first_seen_at` in the file: when it leaves the window, the file is forgotten."""


class Head(msgspec.Struct, frozen=True):
    """The memory in force: the feeds as of the last run, and the sketches of the window, a file for each run."""

    run_id: str
    feeds: str
    sketches: list[SketchFile]


def read_head(store: Store) -> Head | None:
    """The memory in force, or None before the first run."""
    body = store.get(_HEAD)
    return None if body is None else msgspec.json.decode(body, type=Head)


def write_head(store: Store, head: Head) -> None:
    """Puts a memory in force."""
    store.put(_HEAD, msgspec.json.encode(head))


def next_head(previous: Head | None, run_id: str, added: list[SketchFile], window_start: datetime) -> Head:
    """The memory after a run: its feeds, its sketches, and those of before that are still in the window."""
    kept = [file for file in (previous.sketches if previous else []) if file.newest >= window_start]
    return Head(run_id, f"_memory/feeds-{run_id}.parquet", kept + added)


def obsolete(previous: Head | None, head: Head) -> list[str]:
    """The files that the previous memory held and the new one does not."""
    return sorted(_paths(previous) - _paths(head)) if previous else []


def _paths(head: Head) -> set[str]:
    return {head.feeds, *(file.path for file in head.sketches)}


def read_feed_memory(store: Store) -> list[FeedMemory]:
    """The memory of every feed, for a person to look at."""
    return _read(store, FeedMemory, lambda head: [head.feeds])


def read_sketches(store: Store) -> list[Sketch]:
    """The sketches of the window, for a person to look at."""
    return _read(store, Sketch, lambda head: [file.path for file in head.sketches])


def _read(store: Store, record: type[R], paths: Callable[[Head], list[str]]) -> list[R]:
    """Records of the memory in force; read again from the start if a run replaces it meanwhile."""
    while (head := read_head(store)) is not None:
        bodies = [store.get(path) for path in paths(head)]
        whole = [body for body in bodies if body is not None]
        if len(whole) == len(bodies) or read_head(store) == head:
            return [row for body in whole for row in from_arrow(pq.read_table(pa.BufferReader(body)), record)]
    return []
