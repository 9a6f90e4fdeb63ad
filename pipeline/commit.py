"""Exactly once: everything a run writes is staged, one small manifest makes it final, then files move to their places.

    _staging/<run>/…              staged files, in the layout of the output
    _staging/<run>/manifest.json  the commit: written last, in one put

Before the manifest a run has no effect; from then on its effect is certain, for the next run finishes what a killed
one began. Every step of publishing may be repeated.
"""

import logging
from collections.abc import Sequence

import msgspec

from pipeline.memory import Head, write_head
from schemas.flow import StagedFile
from transforms.write.store import StorageError, Store
from transforms.write.transform import STAGED_FILES

_STAGING = "_staging"
_MANIFEST = "manifest.json"

logger = logging.getLogger("casewire.commit")


class Manifest(msgspec.Struct, frozen=True):
    """What a run adds to the output."""

    run_id: str
    files: list[StagedFile]
    head: Head
    """The memory that holds from this run on."""
    obsolete: list[str]
    """Memory files that the new memory no longer refers to."""
    summary: msgspec.Raw
    """The run's summary, as JSON."""


def staging_folder(run_id: str) -> str:
    """Where a run stages its files."""
    return f"{_STAGING}/{run_id}"


def staged_files(store: Store, run_id: str) -> list[StagedFile]:
    """The files that the pipeline staged.

    Raises:
        StorageError: the pipeline did not get to its last step.
    """
    body = store.get(f"{staging_folder(run_id)}/{STAGED_FILES}")
    if body is None:
        raise StorageError(f"{store.location}: run {run_id} staged nothing; see the errors above")
    return msgspec.json.decode(body, type=list[StagedFile])


def commit(store: Store, manifest: Manifest) -> None:
    """Makes a run final, then publishes it."""
    store.put(f"{staging_folder(manifest.run_id)}/{_MANIFEST}", msgspec.json.encode(manifest))
    logger.info("committed run %s", manifest.run_id, extra={"step": "commit", "advance": 1})
    _publish(store, manifest)


def recover(store: Store) -> list[str]:
    """Finishes every committed run and discards every other; the caller holds the lease.

    Returns:
        The runs that were finished.
    """
    staged = sorted(store.list(_STAGING))
    runs = sorted({path.split("/")[1] for path in staged})
    finished = []
    for run_id in runs:
        body = store.get(f"{staging_folder(run_id)}/{_MANIFEST}")
        if body is None:
            _discard(store, run_id)
            logger.warning("run %s was interrupted before its commit: its staged files were discarded", run_id)
        else:
            _publish(store, msgspec.json.decode(body, type=Manifest))
            finished.append(run_id)
            logger.warning("run %s was interrupted after its commit: it was finished", run_id)
    return finished


def _publish(store: Store, manifest: Manifest) -> None:
    folder = staging_folder(manifest.run_id)
    for file in manifest.files:
        _move(store, f"{folder}/{file.target}", file.target)
    write_head(store, manifest.head)
    store.put(f"_runs/{manifest.run_id}.json", bytes(manifest.summary))
    for path in manifest.obsolete:
        store.delete(path)
    _discard(store, manifest.run_id)


def _move(store: Store, source: str, target: str) -> None:
    if store.exists(source):
        store.rename(source, target)
    elif not store.exists(target):
        raise StorageError(f"{store.location}/{source} is committed but missing: was the staging folder tampered with?")


def _discard(store: Store, run_id: str) -> None:
    """Removes a run's staging folder, the manifest last: until then the run can still be finished."""
    folder = staging_folder(run_id)
    leftovers: Sequence[str] = [path for path in store.list(folder) if path != f"{folder}/{_MANIFEST}"]
    for path in leftovers:
        store.delete(path)
    store.delete(f"{folder}/{_MANIFEST}")
