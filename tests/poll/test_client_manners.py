"""How the client behaves towards servers: what it sends, where it follows, what it keeps to itself."""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec.structs import replace as changed

from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, Script, ScriptedServer, rss
from tests.poll.scripted_server import Request as Sent
from transforms.poll.client import Client
from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Answer, Failure, Request, Response
from transforms.poll.redirects import same_host
from transforms.poll.settings import PollSettings

FEED = Reply(body=rss("a flood"), headers={"ETag": '"1"', "Set-Cookie": "me=you"})


def to(target: str, status: int = 302) -> Reply:
    return Reply(status, headers={"Location": target})


def after(seconds: float, reply: Reply) -> Script:
    def answer(request: Sent, out: BufferedIOBase) -> None:
        time.sleep(seconds)
        reply(request, out)

    return answer


@pytest.fixture
def get(bench: Bench) -> Callable[..., Answer]:
    def get(url: str, **options: Any) -> Answer:
        return bench.client.fetch(Request(url=url, user_agent="test", private_network=True, **options))

    return get


Get = Callable[..., Answer]


def test_only_what_is_needed_is_sent(server: ScriptedServer, bench: Bench) -> None:  # requirements 7, 18, 20
    feed = feed_at(server.on("/feed", FEED))
    bench.poll(feed)
    bench.poll(feed)
    first, second = server.asked("/feed")
    assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding", "a-im"}
    assert set(second.headers) - set(first.headers) == {"if-none-match"}
    assert (second.headers["if-none-match"], second.headers["a-im"]) == ('"1"', "feed")
    assert first.headers["user-agent"].startswith("Casewire/")


def test_honest_304_costs_no_body(server: ScriptedServer, bench: Bench) -> None:  # requirement 3
    feed = feed_at(server.on("/feed", FEED, Reply(304, headers={"ETag": '"2"'})))
    bench.poll(feed)
    fetch = bench.poll(feed)["feed"].fetch
    assert (fetch.outcome, fetch.conditional, fetch.wire_bytes) == ("not_modified", True, 0)
    bench.poll(feed)
    assert server.requests[-1].headers["if-none-match"] == '"2"'


def test_a_lying_304_is_found_out(server: ScriptedServer, bench: Bench) -> None:  # requirement 6
    feed = feed_at(server.on("/feed", FEED, *[Reply(304)] * 8, Reply(body=rss("a strike"), headers={"ETag": '"1"'})))
    bench.poll(feed)
    for _ in range(8):
        bench.wait(days=1)
        last = bench.poll(feed)["feed"].fetch
    assert (last.outcome, last.conditional) == ("protocol_error", False)
    bench.wait(days=1)
    assert bench.poll(feed)["feed"].fetch.outcome == "new"
    assert bench.memory(feed).validators_lied


def test_a_changing_etag_with_the_same_body_is_no_change(  # requirement 5
    server: ScriptedServer, bench: Bench
) -> None:
    feed = feed_at(server.on("/feed", FEED, replace(FEED, headers={"ETag": '"other"'})))
    bench.poll(feed)
    attempt = bench.poll(feed)["feed"]
    assert (attempt.fetch.outcome, attempt.entries) == ("unchanged", [])


def test_connections_are_kept(server: ScriptedServer, get: Get) -> None:  # requirement 21
    url = server.on("/feed", FEED)
    for _ in range(3):
        get(url)
    assert server.connections == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int, server: ScriptedServer, get: Get) -> None:
    server.on("/new/feed", FEED)
    answer = get(server.on("/feed", to("new/feed#top", status)))
    assert isinstance(answer, Response)
    assert (answer.status, answer.url) == (200, server.url("/new/feed"))
    assert [hop.status for hop in answer.hops] == [status]
    assert (answer.moved_to is not None) == (status in {301, 308})


def test_validators_go_along_a_redirect(server: ScriptedServer, get: Get) -> None:
    server.on("/new", Reply(304))
    answer = get(server.on("/feed", to("/new")), etag='"1"')
    assert isinstance(answer, Response)
    assert answer.status == 304
    assert server.asked("/new")[0].headers["if-none-match"] == '"1"'


def test_five_redirects_are_followed_and_no_more(server: ScriptedServer, get: Get) -> None:  # requirement 13
    for number in range(1, 7):
        server.on(f"/{number}", to(f"/{number + 1}"))
    server.on("/6", FEED)
    assert isinstance(get(server.url("/1")), Response)
    server.on("/6", to("/7"))
    answer = get(server.url("/1"))
    assert isinstance(answer, Failure)
    assert (answer.outcome, len(server.asked("/7"))) == ("bad_redirect", 0)


def test_a_loop_is_left_at_once(server: ScriptedServer, get: Get) -> None:  # requirement 13
    server.on("/b", to("/a"))
    answer = get(server.on("/a", to("/b")))
    assert isinstance(answer, Failure)
    assert answer.outcome == "bad_redirect"
    assert len(server.requests) == 2


def test_an_address_outside_ascii_is_followed(server: ScriptedServer, get: Get) -> None:
    server.on("/nachrichten/%C3%BCberblick", FEED)
    target = server.url("/nachrichten/überblick").encode().decode("latin-1")
    assert isinstance(get(server.on("/feed", to(target))), Response)


def test_a_permanent_redirect_is_asked_directly_from_the_fourth_poll(  # requirement 12
    server: ScriptedServer, bench: Bench
) -> None:
    server.on("/new", FEED)
    feed = feed_at(server.on("/old", to("/new", 301)))
    for _ in range(4):
        attempt = bench.poll(feed)["feed"]
    assert (attempt.fetch.url, attempt.fetch.hops) == (server.url("/new"), 0)
    assert len(server.asked("/old")) == 3
    assert attempt.entries == []


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


def test_a_second_name_is_tried_after_a_403(server: ScriptedServer, bench: Bench) -> None:  # requirement 18
    feed = changed(feed_at(server.on("/feed", Reply(403), FEED)), fallback_user_agent="Second/1.0")
    attempt = bench.poll(feed)["feed"]
    assert attempt.fetch.outcome == "new"
    bench.poll(feed)
    names = [request.headers["user-agent"].split("/")[0] for request in server.requests]
    assert names == ["Casewire", "Second", "Second"]


def test_226_is_read_like_200_and_drops_nothing(server: ScriptedServer, bench: Bench) -> None:  # requirement 7
    feed = feed_at(
        server.on(
            "/feed",
            Reply(body=rss("a flood", "a strike")),
            *[Reply(226, rss(f"part {day}")) for day in range(9)],
            Reply(body=rss("a flood", "a strike", "a vote")),
        )
    )
    bench.poll(feed)
    for _ in range(9):
        bench.wait(days=1)
        assert bench.poll(feed)["feed"].fetch.new_items == 1
    fetch = bench.poll(feed)["feed"].fetch
    assert (fetch.new_items, fetch.known_items) == (1, 2)


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


def test_a_server_that_accepts_nothing_is_given_up(bench: Bench) -> None:  # requirement 15
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        answer = bench.client.fetch(
            Request(url=f"http://127.0.0.1:{closed.getsockname()[1]}/", user_agent="x", private_network=True)
        )
    assert isinstance(answer, Failure)
    assert answer.outcome == "connect_error"


def test_time_is_counted_over_all_hops(server: ScriptedServer, get: Get) -> None:  # requirement 15
    for number in range(6):
        server.on(f"/{number}", after(0.5, to(f"/{number + 1}")))
    started = time.monotonic()
    answer = get(server.url("/0"))
    assert isinstance(answer, Failure)
    assert answer.outcome == "timeout"
    assert time.monotonic() - started < 6


def test_a_thousand_headers_are_read(server: ScriptedServer, get: Get) -> None:  # requirement 17
    answer = get(server.on("/feed", Reply(body=rss("a"), headers={f"X-{number}": "1" for number in range(900)})))
    assert isinstance(answer, Response)
    assert answer.status == 200


def test_defaults_are_within_the_requirements() -> None:  # requirements 15, 16, 29
    settings = PollSettings()
    assert 5 <= settings.connect_timeout_s <= 10
    assert 20 <= settings.read_timeout_s <= 30
    assert settings.total_timeout_s <= 60
    assert settings.max_bytes == 15 * 1024 * 1024
    assert (settings.per_site, settings.spacing_s) == (2, 2.0)
