"""Killed at any step of a commit, a run has happened wholly or not at all."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from pipeline.commit import Manifest, commit, recover, staging_folder
from pipeline.lease import Lease
from pipeline.memory import Head, SketchFile, next_head, obsolete, read_head
from schemas.flow import StagedFile
from tests.faults.kills import run_and_kill
from transforms.write.store import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TARGETS = [
    "stories/date=2026-03-02/part-{}.parquet",
    "articles/date=2026-03-02/part-{}.parquet",
    "_memory/feeds-{}.parquet",
]


def clock() -> datetime:
    return NOON


def stage_and_commit(location: str, run_id: str) -> None:
    """What a run does after its pipeline, on small files."""
    store = Store(location)
    with Lease(store, run_id, clock):
        recover(store)
        head = read_head(store)
        files = []
        for target in [target.format(run_id) for target in TARGETS]:
            body = f"{target} of {run_id}".encode()
            store.put(f"{staging_folder(run_id)}/{target}", body)
            files.append(StagedFile(table=target.split("/")[0], target=target, rows=1, bytes=len(body)))
        new_head = next_head(head, run_id, [SketchFile(f"_memory/sketches-{run_id}.parquet", NOON)], NOON)
        summary = msgspec.Raw(msgspec.json.encode({"run_id": run_id}))
        commit(store, Manifest(run_id, files, new_head, obsolete(head, new_head), summary))


def visible(location: str) -> dict[str, bytes | None]:
    """Everything but the lock."""
    store = Store(location)
    return {path: store.get(path) for path in sorted(store.list("")) if not path.startswith("_lock/")}


def tables(location: str) -> dict[str, bytes | None]:
    return {path: body for path, body in visible(location).items() if not path.startswith("_")}


def head_of(location: str) -> Head | None:
    return read_head(Store(location))


@pytest.mark.parametrize("when", ["before", "after"])
def test_every_step(tmp_path: Path, when: Literal["before", "after"]) -> None:
    undisturbed = str(tmp_path / "undisturbed")
    stage_and_commit(undisturbed, "run-1")
    before = visible(undisturbed)
    stage_and_commit(undisturbed, "run-2")
    after = visible(undisturbed)
    assert not [path for path in after if "_staging" in path]

    steps = committed = 0
    while True:
        steps += 1
        location = str(tmp_path / f"{when}-{steps}")
        stage_and_commit(location, "run-1")
        if not run_and_kill(stage_and_commit, location, "run-2", at=steps, when=when):
            break
        # Readers at this moment see whole files of the two runs, nothing else.
        assert tables(location).items() <= after.items()
        store = Store(location)
        with Lease(store, "recovery", clock):
            finished = recover(store)
        committed += bool(finished)
        assert visible(location) in (before, after)
        if finished:
            assert visible(location) == after
        if visible(location) == before:
            stage_and_commit(location, "run-2")
        assert visible(location) == after
    assert steps > 12, "the commit has fewer steps than it must have: are the kills still counted?"
    assert committed >= 4


def test_a_committed_run_whose_files_vanished_is_an_error(tmp_path: Path) -> None:
    location = str(tmp_path)
    stage_and_commit(location, "run-1")
    assert run_and_kill(
        stage_and_commit, location, "run-2", at=6, when="after"
    )  # two of the lock, three files, the manifest
    store = Store(location)
    assert store.exists("_staging/run-2/manifest.json")
    store.delete("_staging/run-2/" + TARGETS[0].format("run-2"))
    with pytest.raises(Exception, match="committed but missing"), Lease(store, "recovery", clock):
        recover(store)
