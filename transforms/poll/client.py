"""Fetches one document over HTTP: its own redirects, its own limits, and a typed answer whatever happens."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import unquote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Timeout, make_headers
from urllib3.util.request import ACCEPT_ENCODING

from transforms.poll.address import Resolve, resolve
from transforms.poll.connection import guarded_pools
from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Answer, Failure, Hop, Request, Response
from transforms.poll.faults import Fault, fault_of
from transforms.poll.proxy import proxy_for
from transforms.poll.redirects import REDIRECTS, next_hop, same_host
from transforms.poll.settings import PollSettings

_log = logging.getLogger("casewire.poll")

_READ_BYTES = 64 << 10
_KEPT_BYTES = 64 << 10
"""Of a body that is no document: enough to see what it was."""
_KEPT_HOSTS = 256
"""Hosts whose connections stay open."""
_DOCUMENTS = frozenset({200, 203, 226})
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


class Client:
    """An HTTP client for feeds; threads may share it."""

    def __init__(self, settings: PollSettings, *, resolve: Resolve = resolve) -> None:
        self._settings = settings
        self._resolve = resolve
        self._managers: dict[tuple[str | None, bool], urllib3.PoolManager] = {}
        self._lock = threading.Lock()

    def fetch(self, request: Request) -> Answer:
        """GETs a document, following redirects; every expected way to fail is a `Failure`."""
        visit = _Visit(request, self._settings.total_timeout_s)
        try:
            return self._follow(visit)
        except Fault as fault:
            return visit.failed(fault)
        except (HTTPError, OSError) as error:
            return visit.failed(fault_of(error))
        except Exception as error:
            # urllib3 and http.client raise bare ValueErrors for odd input; one odd server must not end the run.
            _log.exception("unexpected %s while fetching %s", type(error).__name__, without_credentials(visit.url))
            return visit.failed(Fault("protocol_error", f"unexpected {type(error).__name__}: {error}"))

    def close(self) -> None:
        """Closes idle connections."""
        for manager in self._managers.values():
            manager.clear()

    def _follow(self, visit: "_Visit") -> Response:
        while True:
            with closing(self._get(visit)) as reply:
                location = reply.headers.get("location")
                if reply.status not in REDIRECTS or not location:
                    return self._read(visit, reply)
                _drain(reply)
                visit.move(reply.status, location)

    def _get(self, visit: "_Visit") -> BaseHTTPResponse:
        left = visit.deadline - time.monotonic()
        if left <= 0:
            raise Fault("timeout", "the redirects took too long")
        return self._pools(proxy_for(visit.url, visit.request), visit.request).urlopen(
            "GET",
            visit.url,
            headers=visit.headers(),
            redirect=False,
            retries=False,  # a poll that fails is due again later: repeating belongs to the policy
            preload_content=False,
            timeout=Timeout(connect=min(self._settings.connect_timeout_s, left), read=left),
        )

    def _read(self, visit: "_Visit", reply: BaseHTTPResponse) -> Response:
        visit.status = reply.status
        document = reply.status in _DOCUMENTS
        limit = self._settings.max_bytes if document else _KEPT_BYTES
        for chunk in _chunks(reply):
            visit.body.append(chunk)
            visit.body_bytes += len(chunk)
            visit.wire_bytes = reply.tell()
            if max(visit.body_bytes, visit.wire_bytes) > limit:
                if document:
                    raise Fault("too_large", f"more than {limit:,} bytes; the feed is not read")
                break
        return visit.arrived(reply)

    def _pools(self, proxy: str | None, request: Request) -> urllib3.PoolManager:
        key = proxy, request.private_network
        with self._lock:
            if key not in self._managers:
                self._managers[key] = self._manager(proxy, public=not request.private_network)
            return self._managers[key]

    def _manager(self, proxy: str | None, *, public: bool) -> urllib3.PoolManager:
        at_once = self._settings.per_site
        manager = (
            urllib3.ProxyManager(proxy, _KEPT_HOSTS, proxy_headers=_proxy_headers(proxy), maxsize=at_once)
            if proxy
            else urllib3.PoolManager(_KEPT_HOSTS, maxsize=at_once)
        )
        manager.pool_classes_by_scheme = guarded_pools(
            resolve=self._resolve, public=public, silence_s=self._settings.read_timeout_s
        )
        return manager


class _Visit:
    """One fetch under way: where it is, what has arrived."""

    def __init__(self, request: Request, total_s: float) -> None:
        self.request = request
        self.url = without_credentials(request.url)
        self.status: int | None = None
        self.body: list[bytes] = []
        self.body_bytes = 0
        self.wire_bytes = 0
        self._started = time.monotonic()
        self.deadline = self._started + total_s
        self._hops: list[Hop] = []

    def headers(self) -> dict[str, str]:
        """No cookies, no Referer; validators go to the end of the chain, the secret never to another host."""
        request = self.request
        headers = {"User-Agent": request.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}
        headers["A-IM"] = "feed"  # RFC 3229
        if request.etag is not None:
            headers["If-None-Match"] = request.etag
        if request.last_modified is not None:
            headers["If-Modified-Since"] = request.last_modified
        if request.authorization is not None and same_host(request.url, self.url):
            headers["Authorization"] = request.authorization
        return headers

    def move(self, status: int, location: str) -> None:
        """Goes where a redirect leads."""
        self._hops.append(Hop(url=self.url, status=status))
        self.url = without_credentials(next_hop(self.url, location, [hop.url for hop in self._hops]))

    def arrived(self, reply: BaseHTTPResponse) -> Response:
        return Response(
            url=self.url,
            status=reply.status,
            headers={name.lower(): value for name, value in reply.headers.items()},
            body=b"".join(self.body),
            wire_bytes=self.wire_bytes,
            duration_ms=self._elapsed_ms(),
            hops=tuple(self._hops),
        )

    def failed(self, fault: Fault) -> Failure:
        return Failure(
            outcome=fault.outcome,
            detail=fault.detail,
            url=self.url,
            status=self.status,
            body=b"".join(self.body)[:_KEPT_BYTES],
            body_bytes=self.body_bytes,
            wire_bytes=self.wire_bytes,
            duration_ms=self._elapsed_ms(),
            hops=tuple(self._hops),
            transient=fault.transient,
        )

    def _elapsed_ms(self) -> int:
        return round((time.monotonic() - self._started) * 1000)


def _chunks(reply: BaseHTTPResponse) -> Iterator[bytes]:
    """The body, decoded, never more than a piece of it ahead: a gzip bomb goes off one piece at a time."""
    while chunk := reply.read1(_READ_BYTES):
        yield chunk


def _drain(reply: BaseHTTPResponse) -> None:
    """Reads the page that comes with a redirect, if short, so that the connection can be used again."""
    for _ in _chunks(reply):
        if reply.tell() > _KEPT_BYTES:
            return


def _proxy_headers(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    return make_headers(proxy_basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
