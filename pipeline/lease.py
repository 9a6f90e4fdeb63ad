"""The lock that refuses overlapping runs on one output, the same on a disk and on an object store.

Each holder creates the next numbered object under `_lock/`, which only one can. A holder that died is recognised at
once on its own host (its process is gone) and elsewhere when its lease, renewed by a thread, has run out.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from transforms.write.store import AlreadyExists, StorageError, Store

LEASE = timedelta(seconds=120)
"""How long a holder on another host is believed alive after its last renewal."""

logger = logging.getLogger("casewire.lease")

_RENEW_EVERY_S = 20.0
_FOLDER = "_lock"


class OutputBusy(Exception):  # noqa: N818 -- a refusal, not a failure
    """Another run holds the output; the message says which and what to do."""


class _Holder(msgspec.Struct, frozen=True):
    run_id: str
    host: str
    pid: int
    process: str
    """Identifies the process beyond its pid, which is used again: boot, pid namespace, start time."""
    acquired_at: datetime
    renewed_at: datetime
    released: bool = False


class Lease:
    """Holds an output for one run; a context manager."""

    def __init__(self, store: Store, run_id: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        now = clock()
        pid = os.getpid()
        self._me = _Holder(run_id, socket.gethostname(), pid, _process_identity(pid) or "", now, now)
        self._path = ""
        self._stop = threading.Event()
        self._renewal = threading.Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        """Takes the lock.

        Raises:
            OutputBusy: another run holds it.
            StorageError: the output cannot be written.
        """
        newest = self._newest()
        if newest:
            self._refuse_if_held(newest)
        self._path = _path(_generation(newest) + 1 if newest else 1)
        try:
            self._store.create(self._path, msgspec.json.encode(self._me))
        except AlreadyExists:
            self._refuse_if_held(self._path)
            raise OutputBusy(f"{self._store.location}: another run came first; run again") from None
        self.assert_held()
        for path in self._store.list(_FOLDER):
            if path < self._path:
                self._store.delete(path)
        self._renewal.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self._stop.set()
        self._renewal.join()
        self._write(msgspec.structs.replace(self._me, released=True))

    def assert_held(self) -> None:
        """Makes sure that nobody took the lock meanwhile (this process may have slept through its lease).

        Raises:
            OutputBusy: somebody did.
        """
        if self._newest() != self._path:
            raise OutputBusy(
                f"{self._store.location}: another run took over while this one was stopped; nothing was lost"
            )

    def _newest(self) -> str | None:
        return max(self._store.list(_FOLDER), default=None)

    def _refuse_if_held(self, path: str) -> None:
        body = self._store.get(path)
        if body is None:
            return
        holder = msgspec.json.decode(body, type=_Holder)
        if holder.released or not self._alive(holder):
            return
        raise OutputBusy(
            f"{self._store.location} is in use by run {holder.run_id} (process {holder.pid} on {holder.host}, "
            f"since {holder.acquired_at:%Y-%m-%d %H:%M:%S} UTC): wait for it to end, or stop it"
        )

    def _alive(self, holder: _Holder) -> bool:
        if (holder.host, _machine(holder.process)) == (self._me.host, _machine(self._me.process)):
            return _process_identity(holder.pid) == holder.process
        return self._clock() - holder.renewed_at < LEASE

    def _renew(self) -> None:
        while not self._stop.wait(_RENEW_EVERY_S):
            self._write(msgspec.structs.replace(self._me, renewed_at=self._clock()))

    def _write(self, me: _Holder) -> None:
        """Renews or releases; a failure must not hide what went wrong first, and the lease runs out anyway."""
        try:
            self._store.put(self._path, msgspec.json.encode(me))
        except StorageError as error:
            logger.warning("the lock could not be written: %s", error)


def _path(generation: int) -> str:
    return f"{_FOLDER}/{generation:012d}.json"


def _generation(path: str) -> int:
    return int(Path(path).stem)


def _machine(process: str) -> str:
    return process.rpartition("/")[0]


def _process_identity(pid: int) -> str | None:
    """`boot/pid namespace/start time` of a living process where /proc tells, else just that it lives; None if gone."""
    proc = Path("/proc")
    try:
        if not (proc / "self").exists():
            os.kill(pid, 0)
            return "unknown/unknown/alive"
        boot = (proc / "sys/kernel/random/boot_id").read_text().strip()
        namespace = (proc / "self/ns/pid").readlink()
        # Field 22 of stat, counted after the command's closing parenthesis, is the start time; 3 is the state.
        fields = (proc / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (ProcessLookupError, FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:  # os.kill: it lives, and is another user's
        return "unknown/unknown/alive"
    zombie = fields[0] in "ZX"
    return None if zombie else f"{boot}/{namespace}/{fields[19]}"
