"""Serves a folder of feeds on the loopback interface, with the validators an honest publisher sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

_CONTENT_TYPES = {
    ".atom": "application/atom+xml",
    ".html": "text/html; charset=utf-8",
    ".json": "application/feed+json",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rss+xml",
}


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serves the files of a folder for as long as the context lasts.

    A file is read at each request, so a document replaced on disk is served in its new form.

    Args:
        folder: the folder; nothing outside it is served.

    Yields:
        The base address, `http://127.0.0.1:PORT/`, on a port that was free.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder.resolve()))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="sample-server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *connection: object) -> None:
        self._folder = folder
        super().__init__(*connection)  # type: ignore[arg-type]  # socket, address and server, as socketserver hands them

    def do_GET(self) -> None:
        file = (self._folder / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        if not (file.is_relative_to(self._folder) and file.is_file()):
            self._answer(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain; charset=utf-8"}, b"no such sample\n")
            return
        body = file.read_bytes()
        modified = int(file.stat().st_mtime)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        validators = {"ETag": etag, "Last-Modified": formatdate(modified, usegmt=True)}
        if self._holds(etag, modified):
            self._answer(HTTPStatus.NOT_MODIFIED, validators, b"")
            return
        content_type = _CONTENT_TYPES.get(file.suffix, "application/octet-stream")
        self._answer(HTTPStatus.OK, validators | {"Content-Type": content_type}, body)

    def _holds(self, etag: str, modified: int) -> bool:
        """Whether the client has this version: If-None-Match decides alone where it is sent (RFC 9110, 13.2.2)."""
        if (known := self.headers.get("If-None-Match")) is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return etag in tags or "*" in tags
        if (since := self.headers.get("If-Modified-Since")) is None:
            return False
        try:
            return modified <= parsedate_to_datetime(since).timestamp()
        except ValueError:  # an invalid date is as good as none (RFC 9110, 13.1.3)
            return False

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class names it so
        """Says nothing: what was fetched is the pipeline's to tell."""
