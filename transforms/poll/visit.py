"""One fetch under way: what to send to the next hop, what has arrived, how much time is left."""

import time

from urllib3.response import BaseHTTPResponse
from urllib3.util.request import ACCEPT_ENCODING

from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Failure, Hop, Request, Response
from transforms.poll.faults import Fault
from transforms.poll.redirects import next_hop, same_host

_PIECE_BYTES = 64 << 10
_KEPT_BYTES = 64 << 10
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


class Visit:
    """The state of a fetch, from the first request to the answer or the failure."""

    def __init__(self, request: Request, total_s: float) -> None:
        """Starts the clock.

        Args:
            request: what to fetch.
            total_s: seconds for all of it.
        """
        self.request = request
        self.url = without_credentials(request.url)
        self._started = time.monotonic()
        self._deadline = self._started + total_s
        self._hops: list[Hop] = []
        self._status: int | None = None
        self._body: list[bytes] = []
        self._body_bytes = 0
        self._wire_bytes = 0

    def left_s(self) -> float:
        """Seconds left.

        Raises:
            Fault: `timeout`, none is.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Fault("timeout", "no complete answer in time: the redirects took too long")
        return left

    def headers(self) -> dict[str, str]:
        """No cookies, no Referer; validators go along to the last hop, the secret never to another host."""
        request = self.request
        headers = {
            "User-Agent": request.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPT_ENCODING,
            "A-IM": "feed",  # RFC 3229
        }
        if request.etag is not None:
            headers["If-None-Match"] = request.etag
        if request.last_modified is not None:
            headers["If-Modified-Since"] = request.last_modified
        if request.authorization is not None and same_host(request.url, self.url):
            headers["Authorization"] = request.authorization
        return headers

    def move(self, status: int, location: str) -> None:
        """Goes where a redirect leads.

        Raises:
            Fault: `bad_redirect`, it leads nowhere.
        """
        self._hops.append(Hop(url=self.url, status=status))
        self.url = without_credentials(next_hop(self.url, location, [hop.url for hop in self._hops]))

    def take(self, reply: BaseHTTPResponse, limit: int) -> bool:
        """Reads the body, decoded, a piece at a time, so that a gzip bomb goes off a piece at a time.

        Args:
            reply: the answer whose body to read.
            limit: bytes, as transferred and as decoded.

        Returns:
            Whether that was all of it.
        """
        self._status = reply.status
        while piece := reply.read1(_PIECE_BYTES):
            self._body.append(piece)
            self._body_bytes += len(piece)
            self._wire_bytes = reply.tell()
            if max(self._body_bytes, self._wire_bytes + (reply.length_remaining or 0)) > limit:
                return False
        return True

    def arrived(self, reply: BaseHTTPResponse) -> Response:
        """The answer."""
        return Response(
            url=self.url,
            status=reply.status,
            headers={name.lower(): value for name, value in reply.headers.items()},
            body=b"".join(self._body),
            wire_bytes=self._wire_bytes,
            duration_ms=self._elapsed_ms(),
            hops=tuple(self._hops),
        )

    def failed(self, fault: Fault) -> Failure:
        """What is left of a fetch that came to nothing."""
        return Failure(
            outcome=fault.outcome,
            detail=fault.detail,
            url=self.url,
            status=self._status,
            body=b"".join(self._body)[:_KEPT_BYTES],
            body_bytes=self._body_bytes,
            wire_bytes=self._wire_bytes,
            duration_ms=self._elapsed_ms(),
            hops=tuple(self._hops),
            transient=fault.transient,
        )

    def _elapsed_ms(self) -> int:
        return round((time.monotonic() - self._started) * 1000)
