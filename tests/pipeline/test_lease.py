"""The lock: one run at a time, and none after a death."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pipeline.lease import LEASE, Lease, OutputBusy
from transforms.write.store import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_a_second_run_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with Lease(store, "first", at(NOON)), pytest.raises(OutputBusy) as refusal, Lease(store, "second", at(NOON)):
        pass
    assert "run first" in str(refusal.value)
    assert f"process {os.getpid()}" in str(refusal.value)


def test_the_lock_is_free_after_a_run_and_after_a_failed_one(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with Lease(store, "first", at(NOON)):
        pass
    with pytest.raises(RuntimeError), Lease(store, "second", at(NOON)):
        raise RuntimeError
    with Lease(store, "third", at(NOON)):
        pass
    assert len(list(store.list("_lock"))) == 1


def test_a_killed_run_on_this_machine_does_not_hold_the_lock(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from datetime import UTC, datetime
from pipeline.lease import Lease
from transforms.write.store import Store
with Lease(Store(sys.argv[1]), "killed", lambda: datetime.now(UTC)):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -9
    with Lease(Store(str(tmp_path)), "next", lambda: datetime.now(UTC)):
        pass


def test_a_holder_on_another_machine_is_believed_until_its_lease_runs_out(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with Lease(store, "elsewhere", at(NOON)):
        (path,) = store.list("_lock")
        body = store.get(path)
        assert body
        holder = msgspec.json.decode(body)
    store.put(path, msgspec.json.encode(holder | {"host": "another", "released": False}))
    with pytest.raises(OutputBusy), Lease(store, "early", at(NOON + LEASE - timedelta(seconds=1))):
        pass
    with Lease(store, "late", at(NOON + LEASE)):
        pass


def test_a_run_that_slept_through_its_lease_finds_out_before_it_commits(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with Lease(store, "sleeper", at(NOON)) as lease:
        lease.assert_held()
        (path,) = store.list("_lock")
        store.create(path.replace("000001", "000002"), store.get(path) or b"")
        with pytest.raises(OutputBusy):
            lease.assert_held()
