"""A web server on loopback that answers each path as a test scripts it, down to the byte."""

import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedIOBase
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    path: str
    headers: dict[str, str]


Script = Callable[[Request, BufferedIOBase], None]
"""Writes an answer; the connection is closed after it unless it is a `Reply`."""


@dataclass(frozen=True)
class Reply:
    """An ordinary answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, _request: Request, out: BufferedIOBase) -> None:
        headers = {"Content-Length": str(len(self.body)), **self.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        out.write(f"HTTP/1.1 {self.status} Said\r\n{head}\r\n".encode("latin-1") + self.body)


class ScriptedServer(socketserver.ThreadingTCPServer):
    """Answers by script and keeps every request."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.requests: list[Request] = []
        self.connections = 0
        self._scripts: dict[str, list[Script]] = {}
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def on(self, path: str, *scripts: Script) -> str:
        """Answers a path with each script in turn, the last for ever; gives the address."""
        self._scripts[path] = list(scripts)
        return self.url(path)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def script_for(self, request: Request) -> Script:
        self.requests.append(request)
        scripts = self._scripts.get(request.path, [Reply(status=404)])
        return scripts.pop(0) if len(scripts) > 1 else scripts[0]

    def verify_request(self, _request: object, _address: object) -> bool:
        self.connections += 1
        return True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, _request: object, _address: object) -> None:
        """A client that hangs up on an answer it does not want is what these tests are about."""


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: ScriptedServer

    def handle(self) -> None:
        while line := self.rfile.readline():
            _method, path, _version = line.decode("latin-1").split()
            headers = {}
            while (field_line := self.rfile.readline().strip()) != b"":
                name, _, value = field_line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            request = Request(path, headers)
            script = self.server.script_for(request)
            script(request, self.wfile)
            if not isinstance(script, Reply):
                return


def rss(*titles: str, extra: str = "") -> bytes:
    """A feed with an item for each title."""
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid>"
        f"<link>https://paper.example/stories/{title.replace(' ', '-')}</link>"
        f"<description>What {title} is about.</description></item>"
        for title in titles
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Paper</title>{extra}{items}</channel></rss>".encode()
    )


def to(target: str, status: int = 302) -> Reply:
    return Reply(status, headers={"Location": target})
