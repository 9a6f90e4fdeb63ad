"""The summary of a run, from the rows it wrote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.flow import StagedFile
from transforms.write.store import Store

_UNCHANGED = {"unchanged", "not_modified"}
_READ = {"new", "nothing_new"}


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did; stored as `_runs/<run>.json`."""

    run_id: str
    version: str
    started_at: datetime
    finished_at: datetime
    feeds: int
    polled: int
    unchanged: int
    failed: dict[str, int]
    """Outcome to feeds, for the feeds that could not be read."""
    failed_because: dict[str, str]
    """Outcome to one of those feeds and what was wrong with it."""
    items_seen: int
    items_new: int
    items_revised: int
    rejects: int
    stories: int
    relations: dict[str, int]
    topics: dict[str, int]
    """The most frequent topics to stories."""
    seconds: dict[str, float]
    """Step to seconds of work in it, over all workers."""
    rows: dict[str, int]
    bytes: int
    finished_runs: list[str]
    """Earlier runs, interrupted after their commit, that this run finished."""


def summarise(
    store: Store,
    staging: str,
    files: Sequence[StagedFile],
    *,
    run_id: str,
    version: str,
    feeds: int,
    started_at: datetime,
    finished_at: datetime,
    seconds: Mapping[str, float],
    finished_runs: Sequence[str],
) -> Summary:
    """Counts what was staged."""
    columns = _Columns(store, staging, files)
    fetched = list(zip(*(columns.of("fetches", name) for name in ("outcome", "feed_id", "detail")), strict=True))
    outcomes = Counter(outcome for outcome, _, _ in fetched)
    failed = {outcome: n for outcome, n in outcomes.most_common() if outcome not in _UNCHANGED | _READ}
    topics = Counter(slug for slugs in columns.of("stories", "topic_slugs") for slug in slugs)
    rows: Counter[str] = Counter()
    for file in files:
        rows[file.table] += file.rows
    return Summary(
        run_id=run_id,
        version=version,
        started_at=started_at,
        finished_at=finished_at,
        feeds=feeds,
        polled=outcomes.total(),
        unchanged=sum(outcomes[outcome] for outcome in _UNCHANGED),
        failed=failed,
        failed_because={outcome: f"{feed_id}: {detail}" for outcome, feed_id, detail in fetched if outcome in failed},
        items_seen=sum(columns.of("fetches", "items")),
        items_new=sum(columns.of("fetches", "new_items")),
        items_revised=sum(columns.of("fetches", "revised_items")),
        rejects=rows["rejects"],
        stories=rows["stories"],
        relations=dict(Counter(columns.of("articles", "relation")).most_common()),
        topics=dict(topics.most_common(10)),
        seconds={step: round(value, 3) for step, value in seconds.items()},
        rows=dict(rows),
        bytes=sum(file.bytes for file in files),
        finished_runs=list(finished_runs),
    )


class _Columns:
    """Columns of the staged files."""

    def __init__(self, store: Store, staging: str, files: Sequence[StagedFile]) -> None:
        self._store = store
        self._staging = staging
        self._files = files

    def of(self, table: str, column: str) -> list[Any]:
        values: list[Any] = []
        for file in self._files:
            if file.table == table:
                body = self._store.get(f"{self._staging}/{file.target}")
                values += pq.read_table(pa.BufferReader(body), columns=[column])[column].to_pylist()
        return values


def describe(summary: Summary, location: str) -> str:
    """The summary for a person, with a query to go on with."""
    took = (summary.finished_at - summary.started_at).total_seconds()
    failed = sum(summary.failed.values())
    copies = ", ".join(f"{n} {relation}" for relation, n in summary.relations.items() if relation != "lead")
    topics = ", ".join(f"{slug} {n}" for slug, n in summary.topics.items())
    seconds = ", ".join(f"{step} {value:.1f}" for step, value in summary.seconds.items())
    revised = summary.items_revised
    not_due = summary.feeds - summary.polled
    lines = [
        f"run {summary.run_id} committed to {location} in {took:.1f} s",
        f"  feeds    {summary.polled} polled, {summary.unchanged} unchanged, {failed} failed, {not_due} not due",
        f"  items    {summary.items_seen} seen, {summary.items_new} new, {revised} revised, {summary.rejects} rejected",
        f"  stories  {summary.stories} new" + (f"; {copies}" if copies else ""),
    ]
    for outcome, n in reversed(summary.failed.items()):
        lines.insert(2, f"           {n} {outcome.replace('_', ' ')}: {summary.failed_because[outcome]}")
    if summary.polled and failed == summary.polled:
        lines.append("  warning  no feed could be read")
    if topics:
        lines.append(f"  topics   {topics}")
    if summary.finished_runs:
        lines.append(f"  finished {', '.join(summary.finished_runs)}, interrupted before")
    lines.append(f"  seconds  {seconds}")
    return "\n".join(lines)
