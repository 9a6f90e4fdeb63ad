"""The sample server answers as an honest publisher would."""

import http.client
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.sample_server import serve

FEED = b"<rss version='2.0'><channel/></rss>"
MODIFIED = 1_772_700_000
LAST_MODIFIED = "Thu, 05 Mar 2026 08:40:00 GMT"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    samples = tmp_path / "samples with spaces"
    samples.mkdir()
    (samples / "wire.xml").write_bytes(FEED)
    os.utime(samples / "wire.xml", (MODIFIED, MODIFIED))
    (tmp_path / "secret.xml").write_bytes(b"outside")
    return samples


@pytest.fixture
def base(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


def get(base: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, bytes]:
    address = urlsplit(base)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_a_document_comes_with_its_validators_and_type(base: str) -> None:
    status, headers, body = get(base, "/wire.xml?utm_source=test")
    assert (status, body) == (200, FEED)
    assert headers["Content-Type"] == "application/rss+xml"
    assert headers["Last-Modified"] == LAST_MODIFIED
    assert headers["ETag"].startswith('"')


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.atom", "application/atom+xml"),
        ("a.rdf", "application/rdf+xml"),
        ("a.json", "application/feed+json"),
        ("a.html", "text/html; charset=utf-8"),
    ],
)
def test_the_type_follows_the_format(folder: Path, base: str, name: str, content_type: str) -> None:
    (folder / name).write_bytes(b"x")
    assert get(base, f"/{name}")[1]["Content-Type"] == content_type


def test_the_same_version_is_not_sent_again(base: str) -> None:
    etag = get(base, "/wire.xml")[1]["ETag"]
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": LAST_MODIFIED},
    ):
        status, answered, body = get(base, "/wire.xml", headers)
        assert (status, body) == (304, b"")
        assert answered["ETag"] == etag
        assert answered["Last-Modified"] == LAST_MODIFIED


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": LAST_MODIFIED},
        {"If-Modified-Since": "Thu, 05 Mar 2026 08:39:59 GMT"},
        {"If-Modified-Since": "yesterday"},
    ],
)
def test_another_version_is_sent_whole(base: str, headers: dict[str, str]) -> None:
    status, _, body = get(base, "/wire.xml", headers)
    assert (status, body) == (200, FEED)


def test_a_replaced_document_is_served_anew(folder: Path, base: str) -> None:
    etag = get(base, "/wire.xml")[1]["ETag"]
    (folder / "wire.xml").write_bytes(FEED + b"\n")
    status, headers, _ = get(base, "/wire.xml", {"If-None-Match": etag})
    assert status == 200
    assert headers["ETag"] != etag


@pytest.mark.parametrize("path", ["/absent.xml", "/", "/../secret.xml", "/%2e%2e/secret.xml", "//secret.xml"])
def test_nothing_else_is_served(base: str, path: str) -> None:
    assert get(base, path)[0] == 404


def test_one_connection_carries_several_requests(base: str) -> None:
    address = urlsplit(base)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    etag = None
    for expected in (200, 304, 200):
        connection.request("GET", "/wire.xml", headers={"If-None-Match": etag} if expected == 304 and etag else {})
        response = connection.getresponse()
        response.read()
        etag = response.headers["ETag"]
        assert response.status == expected
    connection.close()


def test_it_is_silent_and_gone_afterwards(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serve(folder) as base:
        get(base, "/wire.xml")
        get(base, "/absent.xml")
    with pytest.raises(ConnectionRefusedError):
        get(base, "/wire.xml")
    assert capfd.readouterr() == ("", "")
