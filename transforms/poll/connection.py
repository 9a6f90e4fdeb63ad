"""Connections that go only where they may, and end when their time is up."""

import functools
import http.client
import io
import socket
import time
from collections.abc import Sequence
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from schemas.tables import Outcome
from transforms.poll.address import Resolve, public_only
from transforms.poll.faults import Fault

# 100 lines, the default, break real feeds (Media Cloud and NewsBlur raise it too). http.client has only this
# process-wide limit; the flood it is there to stop is stopped by _HEADER_BYTES.
http.client._MAXHEADERS = 1_000  # type: ignore[attr-defined]  # noqa: SLF001

_HEADER_BYTES = 256 << 10
_TRIED_ADDRESSES = 4


class _TimedReader(io.RawIOBase):
    """Reads that share one deadline, and an allowance for what may come before the body."""

    def __init__(self, sock: socket.socket, *, silence_s: float, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._silence_s = silence_s
        self._deadline = deadline
        self.allowance: int | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Waits for bytes, as long as is left.

        Raises:
            TimeoutError: the deadline passed, or the peer was silent too long.
            http.client.HTTPException: the allowance is used up.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long as a whole")
        self._sock.settimeout(min(self._silence_s, left))
        count = self._raw.readinto(buffer)
        if self.allowance is not None and count:
            self.allowance -= count
            if self.allowance < 0:
                raise http.client.HTTPException(f"more than {_HEADER_BYTES} bytes of headers")
        return count

    def close(self) -> None:
        """Gives up the socket."""
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """An answer whose status line, headers and body must all arrive before one deadline."""

    def __init__(self, sock: socket.socket, *, silence_s: float, deadline: float, **options: Any) -> None:
        super().__init__(sock, **options)
        self.fp.close()
        self._reader = _TimedReader(sock, silence_s=silence_s, deadline=deadline)
        self.fp = io.BufferedReader(self._reader)

    def begin(self) -> None:
        """Reads status line and headers."""
        self._reader.allowance = _HEADER_BYTES + io.DEFAULT_BUFFER_SIZE
        super().begin()
        self._reader.allowance = None


class _Guarded(HTTPConnection):
    """Connects to an address that was checked, not to a name that may resolve to another the second time.

    The read timeout of a request is the time for all of its answer; `silence_s` is that between two reads.
    """

    def __init__(self, *args: Any, resolve: Resolve, public: bool, silence_s: float, **options: Any) -> None:
        super().__init__(*args, **options)
        self._resolve = resolve
        self._public = public
        self._silence_s = silence_s

    def getresponse(self) -> Any:
        """The answer, its headers read."""
        budget = self.timeout or self._silence_s
        self.response_class = functools.partial(  # type: ignore[assignment]  # http.client only calls it
            _TimedResponse, silence_s=self._silence_s, deadline=time.monotonic() + budget
        )
        return super().getresponse()

    def _new_conn(self) -> socket.socket:
        try:
            addresses = self._resolve(self._dns_host.strip("[]"), self.port)
        except (socket.gaierror, UnicodeError) as error:
            busy = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            raise Fault("dns_error", f"{self.host} does not resolve: {error}", transient=busy) from error
        if self._public and not self.proxy:  # a proxy is the user's own, and resolves the name itself
            addresses = public_only(self.host, addresses)
        return self._connect_to_one(addresses[:_TRIED_ADDRESSES])

    def _connect_to_one(self, addresses: Sequence[str]) -> socket.socket:
        """The first that accepts; each gets its share of the time, so that IPv4 has some left when IPv6 is silent."""
        deadline = time.monotonic() + (self.timeout or self._silence_s)
        refusal: OSError = OSError("the name has no address")
        for index, address in enumerate(addresses):
            share = (deadline - time.monotonic()) / (len(addresses) - index)
            try:
                sock = socket.create_connection((address, self.port), timeout=max(share, 0.01))
            except OSError as error:
                refusal = error
            else:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                return sock
        outcome: Outcome = "timeout" if isinstance(refusal, TimeoutError) else "connect_error"
        who = "the proxy" if self.proxy else self.host
        raise Fault(outcome, f"cannot connect to {who}: {refusal}", transient=bool(self.proxy)) from refusal


class _GuardedTLS(_Guarded, HTTPSConnection):
    """The same under TLS; certificate and SNI are those of the name."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


def guarded_pools(*, resolve: Resolve, public: bool, silence_s: float) -> dict[str, Any]:
    """Pool constructors by scheme, for `urllib3.PoolManager.pool_classes_by_scheme`.

    Args:
        resolve: looks host names up.
        public: whether only addresses of the public web may be connected to.
        silence_s: the longest time between two reads, seconds.
    """
    options: dict[str, Any] = {"resolve": resolve, "public": public, "silence_s": silence_s}
    return {"http": functools.partial(_Pool, **options), "https": functools.partial(_TLSPool, **options)}
