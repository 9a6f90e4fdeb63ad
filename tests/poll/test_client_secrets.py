"""Secrets, proxies and certificates: who is told what, and who is believed."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec.structs import replace as changed

from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, ScriptedServer, rss, to
from transforms.poll.client import Client
from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Answer, Failure, Request, Response
from transforms.poll.redirects import same_host
from transforms.poll.settings import PollSettings

FEED = Reply(body=rss("a flood"), headers={"ETag": '"1"', "Set-Cookie": "me=you"})


Get = Callable[..., Answer]


def test_the_secret_goes_to_its_own_host_only(server: ScriptedServer, get: Get) -> None:  # requirements 13, 24
    elsewhere = server.url("/there").replace("127.0.0.1", "localhost")
    server.on("/there", FEED)
    server.on("/here", to(elsewhere))
    get(server.on("/feed", to("/here")), authorization="Bearer letmein")
    sent = [request.headers.get("authorization") for request in server.requests]
    assert sent == ["Bearer letmein", "Bearer letmein", None]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://paper.example/other", True),
        ("http://PAPER.example:80/", True),
        ("https://paper.example/feed", True),
        ("https://paper.example:8443/feed", False),
        ("http://paper.example:8080/feed", False),
        ("http://www.paper.example/feed", False),
        ("https://paper.example.evil.example/", False),
    ],
)
def test_what_is_the_same_host(other: str, same: bool) -> None:  # requirement 13
    assert same_host("http://paper.example/feed", other) == same


def test_no_secret_is_sent_in_the_clear_after_an_encrypted_address() -> None:  # requirement 13
    assert not same_host("https://paper.example/feed", "http://paper.example/feed")
    assert not same_host("https://paper.example:8443/feed", "http://paper.example:8443/feed")


def test_the_secret_does_not_follow_a_feed_to_another_host(  # requirement 24
    server: ScriptedServer, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPER_TOKEN", "Bearer letmein")
    server.on("/there", FEED)
    moved = to(server.url("/there").replace("127.0.0.1", "localhost"), 301)
    feed = changed(feed_at(server.on("/here", moved)), secret="PAPER_TOKEN")
    for _ in range(4):
        bench.poll(feed)
    assert [request.headers.get("authorization") for request in server.asked("/here")] == ["Bearer letmein"] * 3
    assert [request.headers.get("authorization") for request in server.asked("/there")] == [None] * 4


def test_a_secret_comes_from_the_environment(
    server: ScriptedServer, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:  # requirement 24
    feed = changed(feed_at(server.on("/feed", FEED)), secret="PAPER_TOKEN")
    missing = bench.poll(feed)["feed"].fetch
    assert (missing.outcome, missing.status) == ("forbidden", None)
    assert "PAPER_TOKEN" in missing.detail
    assert server.requests == []
    monkeypatch.setenv("PAPER_TOKEN", "Bearer letmein")
    assert bench.poll(feed)["feed"].fetch.outcome == "new"
    assert server.requests[0].headers["authorization"] == "Bearer letmein"


def test_credentials_of_an_address_are_used_and_written_nowhere(  # requirement 24
    server: ScriptedServer, bench: Bench
) -> None:
    url = server.on("/feed", Reply(body=b"<p>no"))
    feed = feed_at(url.replace("//", "//me:let%20me%20in@"))
    attempt = bench.poll(feed)["feed"]
    assert server.requests[0].headers["authorization"] == "Basic bWU6bGV0IG1lIGlu"
    assert attempt.fetch.url == attempt.fetch.final_url == url
    assert attempt.reject is not None
    assert attempt.reject.url == url
    assert bench.memory(feed).url == url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://me:word@paper.example/feed?a=b", "https://paper.example/feed?a=b"),
        ("https://paper.example/feed/@me", "https://paper.example/feed/@me"),
        ("https://token@[2606::1]:8443/", "https://[2606::1]:8443/"),
    ],
)
def test_credentials_leave_the_address(url: str, clean: str) -> None:
    assert without_credentials(url) == clean


def test_a_proxy_is_used_for_the_feed_that_names_one(server: ScriptedServer, bench: Bench) -> None:  # requirement 23
    proxied = "http://paper.example/feed"
    server.on(proxied, FEED)
    feed = changed(feed_at(proxied), proxy=server.url("").replace("//", "//me:word@"))
    assert bench.poll(feed)["feed"].fetch.outcome == "new"
    assert server.requests[0].headers["proxy-authorization"] == "Basic bWU6d29yZA=="
    assert server.requests[0].headers["host"] == "paper.example"


def test_the_environments_proxy_is_used_for_the_public_web(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:  # requirement 23
    monkeypatch.setenv("http_proxy", server.url(""))
    monkeypatch.setenv("no_proxy", "direct.example")
    server.on("http://paper.example/feed", FEED)
    client = Client(
        PollSettings(), resolve=lambda host, _port: ["10.0.0.1"] if host == "direct.example" else ["127.0.0.1"]
    )
    assert isinstance(client.fetch(Request(url="http://paper.example/feed", user_agent="x")), Response)
    direct = client.fetch(Request(url="http://direct.example/feed", user_agent="x"))
    assert isinstance(direct, Failure)
    assert direct.outcome == "private_address"
    client.close()


def test_a_proxy_that_is_down_counts_little(bench: Bench) -> None:  # requirement 31
    feed = changed(feed_at("http://paper.example/feed"), proxy="http://127.0.0.1:1")
    fetch = bench.poll(feed)["feed"].fetch
    assert (fetch.outcome, fetch.failures) == ("connect_error", 0.25)


def test_tls_is_verified_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # requirement 14
    certificate, key = self_signed("paper.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    client = Client(PollSettings(), resolve=lambda _host, _port: ["127.0.0.1"])
    with ScriptedServer(context) as server:
        port = server.server_address[1]
        server.on("/feed", FEED)
        named = client.fetch(Request(url=f"https://paper.example:{port}/feed", user_agent="x", private_network=True))
        other = client.fetch(Request(url=f"https://other.example:{port}/feed", user_agent="x", private_network=True))
    client.close()
    assert isinstance(named, Response)
    assert isinstance(other, Failure)
    assert (named.status, other.outcome) == (200, "tls_error")


def self_signed(name: str, folder: Path) -> tuple[Path, Path]:
    """A certificate for a host name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2046, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(pem))
    paths[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return paths
