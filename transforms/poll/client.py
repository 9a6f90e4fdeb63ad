"""Fetches one document over HTTP: its own redirects, its own limits, and a typed answer whatever happens."""

import logging
import threading
from contextlib import closing
from urllib.parse import unquote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Timeout, make_headers

from transforms.poll.address import Resolve, refuse_private_literal, resolve
from transforms.poll.connection import guarded_pools
from transforms.poll.exchange import Answer, Request, Response
from transforms.poll.faults import Fault, fault_of
from transforms.poll.proxy import proxy_for
from transforms.poll.redirects import REDIRECTS
from transforms.poll.settings import PollSettings
from transforms.poll.visit import Visit

_log = logging.getLogger("casewire.poll")

_KEPT_BYTES = 64 << 10
"""Of a body that is no document: enough to see what it was."""
_KEPT_HOSTS = 256
"""Hosts whose connections stay open."""
_DOCUMENTS = frozenset({200, 203, 226})


class Client:
    """An HTTP client for feeds; threads may share it."""

    def __init__(self, settings: PollSettings, *, resolve: Resolve = resolve) -> None:
        self._settings = settings
        self._resolve = resolve
        self._managers: dict[tuple[str | None, bool], urllib3.PoolManager] = {}
        self._lock = threading.Lock()

    def fetch(self, request: Request) -> Answer:
        """GETs a document, following redirects; every expected way to fail is a `Failure`."""
        visit = Visit(request, self._settings.total_timeout_s)
        try:
            return self._follow(visit)
        except Fault as fault:
            return visit.failed(fault)
        except (HTTPError, OSError) as error:
            return visit.failed(fault_of(error))
        except Exception as error:
            # urllib3 and http.client raise bare ValueErrors for odd input; one odd server must not end the run.
            _log.exception("unexpected %s while fetching %s", type(error).__name__, visit.url)
            return visit.failed(Fault("protocol_error", f"unexpected {type(error).__name__}: {error}"))

    def close(self) -> None:
        """Closes idle connections."""
        for manager in self._managers.values():
            manager.clear()

    def _follow(self, visit: Visit) -> Response:
        while True:
            with closing(self._get(visit)) as reply:
                location = reply.headers.get("location")
                if reply.status not in REDIRECTS or not location:
                    return self._read(visit, reply)
                visit.move(reply.status, location)

    def _get(self, visit: Visit) -> BaseHTTPResponse:
        left = visit.left_s()
        request, proxy = visit.request, proxy_for(visit.url, visit.request)
        if proxy and not request.private_network:
            refuse_private_literal(visit.url)  # the proxy resolves names, and may reach networks that we must not
        return self._pools(proxy, request).urlopen(
            "GET",
            visit.url,
            headers=visit.headers(),
            redirect=False,
            retries=False,  # a poll that fails is due again later: repeating belongs to the policy
            preload_content=False,
            timeout=Timeout(connect=min(self._settings.connect_timeout_s, left), read=left),
        )

    def _read(self, visit: Visit, reply: BaseHTTPResponse) -> Response:
        if reply.status not in _DOCUMENTS:
            visit.take(reply, _KEPT_BYTES)
        elif not visit.take(reply, self._settings.max_bytes):
            raise Fault("too_large", f"more than {self._settings.max_bytes:,} bytes; the feed is not read")
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


def _proxy_headers(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    return make_headers(proxy_basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
