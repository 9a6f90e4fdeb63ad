"""One interface to the output: a local folder or an object store, by its address.

obstore gives both the same two primitives that the commit rests on: a put that is seen whole or not at all, and a put
that fails if the object exists.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store, from_url

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore  # obstore has its types in stubs only


class StorageError(Exception):
    """The output could not be read or written; the message says what, where and what to do."""


class AlreadyExists(Exception):  # noqa: N818 -- a fact the lock asks for, not a failure
    """An object that had to be new was there already."""


class S3Endpoint(TypedDict, total=False):
    """Arguments of obstore's S3 stores."""

    endpoint: str
    client_options: "ClientConfig"


class Store:
    """Objects under one address, named by `/`-separated paths relative to it."""

    def __init__(self, location: str, *, create: bool = True) -> None:
        """Opens a store.

        Args:
            location: a folder, or `s3://bucket/prefix`, `gs://…`, `az://…`. Credentials and endpoint come from the
                environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` …).
            create: whether to make the folder if there is none.

        Raises:
            StorageError: the folder cannot be made, or the address is of no known kind.
        """
        self.location = location
        with _Explained("open", location):
            self._store = _open(location, create=create)

    def put(self, path: str, body: bytes) -> None:
        """Writes an object, replacing any; readers see the old one or the new one, whole."""
        with _Explained("write", f"{self.location}/{path}"):
            obstore.put(self._store, path, body)

    def create(self, path: str, body: bytes) -> None:
        """Writes an object that must not exist yet; of several writers exactly one succeeds.

        Raises:
            AlreadyExists: somebody was first.
        """
        with _Explained("write", f"{self.location}/{path}"):
            try:
                obstore.put(self._store, path, body, mode="create")
            except AlreadyExistsError as error:
                raise AlreadyExists(path) from error

    def get(self, path: str) -> bytes | None:
        """An object's bytes, or None if there is none."""
        with _Explained("read", f"{self.location}/{path}"):
            try:
                return bytes(obstore.get(self._store, path).bytes())
            except FileNotFoundError:
                return None

    def exists(self, path: str) -> bool:
        """Whether there is an object of this name."""
        with _Explained("read", f"{self.location}/{path}"):
            try:
                obstore.head(self._store, path)
            except FileNotFoundError:
                return False
            return True

    def list(self, prefix: str) -> Iterator[str]:
        """The paths of all objects under a folder, in no particular order."""
        with _Explained("list", f"{self.location}/{prefix}"):
            for batch in obstore.list(self._store, prefix):
                yield from (meta["path"] for meta in batch)

    def rename(self, source: str, target: str) -> None:
        """Moves an object, replacing any at the target; on an object store a copy, then a delete."""
        with _Explained("move", f"{self.location}/{source}"):
            obstore.rename(self._store, source, target)

    def delete(self, path: str) -> None:
        """Removes an object; none there is no error."""
        with _Explained("delete", f"{self.location}/{path}"):
            try:
                obstore.delete(self._store, path)
            except FileNotFoundError:
                return


def absolute(location: str) -> str:
    """The same address, good from any working directory."""
    folder = location.removeprefix("file://")
    return folder if "://" in folder else str(Path(folder).expanduser().absolute())


def _open(location: str, *, create: bool) -> "ObjectStore":
    if "://" not in location:
        return LocalStore(Path(location), mkdir=create, automatic_cleanup=True)
    if location.startswith("s3://"):
        return S3Store.from_url(location, **s3_endpoint())
    return from_url(location)


def s3_endpoint() -> S3Endpoint:
    """Where S3 lives if not at Amazon, from the variables that Amazon's own tools read."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        return {}
    return {"endpoint": endpoint, "client_options": {"allow_http": endpoint.startswith("http://")}}


_REMEDIES = (
    ("No space left on device", "the disk is full: free some space and run again; what was committed is safe"),
    ("Disk quota exceeded", "the quota is used up: free some space and run again; what was committed is safe"),
    ("File too large", "the file size limit is too low for this output"),
    ("Permission denied", "give the user that runs Casewire the right to write there"),
    ("Operation not permitted", "choose an output that can be written"),
    ("Read-only file system", "choose an output that can be written"),
    ("Not a directory", "a part of the path is a file: choose another output"),
    ("File exists", "the output is a file: choose another, or move it away"),
    ("Unable to recognise URL", "name a folder, or s3://bucket/prefix, gs://bucket/prefix, az://container/prefix"),
    ("169.254.169.254", "no credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    ("No such file or directory", "check the path; a run makes the folder"),
    ("NoSuchBucket", "create the bucket first"),
    ("AccessDenied", "check the credentials in the environment and the bucket's policy"),
)


def remedy_for(reason: str) -> str:
    """What to do about what a disk or a store says."""
    return next((advice for sign, advice in _REMEDIES if sign in reason), "see the reason above")


class _Explained:
    """Turns what the store or the disk says into a StorageError with a remedy."""

    def __init__(self, action: str, what: str) -> None:
        self._action = action
        self._what = what

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        if isinstance(error, BaseError | OSError | ValueError):
            reason = str(error).split("\n\nDebug source")[0].strip()
            remedy = remedy_for(str(error))
            raise StorageError(f"cannot {self._action} {self._what}: {reason}\n  remedy: {remedy}") from error
