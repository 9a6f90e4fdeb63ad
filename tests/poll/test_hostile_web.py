"""A hostile web: each trick gives its own outcome, a row, a sane next time, and disturbs nobody."""

import gzip
import re
import time
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BufferedIOBase
from typing import get_args
from unittest.mock import Mock

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables import Outcome
from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, Request, Script, ScriptedServer, rss
from transforms.poll.client import Client
from transforms.poll.exchange import Request as Asked
from transforms.poll.reading import Reader
from transforms.poll.settings import PollSettings

FEED = Reply(body=rss("a flood", "a strike"), headers={"Content-Type": "application/rss+xml"})
PAGE = b"<!doctype html><html><head><title>Paper</title></head><body><p>Welcome to the paper.</p></body></html>"


def html(status: int = 200, body: bytes = PAGE, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, body, {"Content-Type": "text/html; charset=utf-8", **(headers or {})})


def raw(*parts: bytes, pause: float = 0.0) -> Script:
    def write(_request: Request, out: BufferedIOBase) -> None:
        for part in parts:
            out.write(part)
            out.flush()
            time.sleep(pause)

    return write


def drip(head: bytes, byte: bytes, times: int) -> Script:
    return raw(head, *([byte] * times), pause=0.2)


def bomb(mebibytes: int) -> Script:
    def write(_request: Request, out: BufferedIOBase) -> None:
        deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
        out.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/xml\r\n\r\n")
        out.writelines(deflate.compress(b"\0" * (1 << 20)) for _ in range(mebibytes))
        out.write(deflate.flush())

    return write


def endless(_request: Request, out: BufferedIOBase) -> None:
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss version='2.0'><channel>")
    out.writelines(b"<item><title>More</title></item>" * (1 << 15) for _ in range(50))


CHALLENGE = {"cf-mitigated": "challenge"}
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
HEADERS = b"HTTP/1.1 200 OK\r\n"

TRICKS: dict[str, tuple[Script, Outcome]] = {
    "empty 200": (Reply(), "empty"),
    "204": (Reply(204), "empty"),
    "HTML instead of a feed": (html(), "not_a_feed"),
    "HTML that says it is RSS": (Reply(body=PAGE, headers={"Content-Type": "application/rss+xml"}), "not_a_feed"),
    "JSON that is no feed": (Reply(body=b'{"error": "no"}'), "not_a_feed"),
    "304 that was not asked for": (Reply(304), "protocol_error"),
    "Cloudflare challenge": (html(403, headers=CHALLENGE), "blocked"),
    "Cloudflare challenge with 200": (html(200, headers=CHALLENGE), "blocked"),
    "challenge with 503": (html(503), "blocked"),
    "challenge page with 200": (html(200, PAGE + b"<script src='/cdn-cgi/challenge-platform/x'>"), "blocked"),
    "403 without a page": (Reply(403), "forbidden"),
    "401": (Reply(401), "forbidden"),
    "404": (html(404), "not_found"),
    "410": (html(410), "gone"),
    "418": (Reply(418), "client_error"),
    "429": (Reply(429), "throttled"),
    "500": (html(500), "server_error"),
    "503 for maintenance": (html(503, headers={"Retry-After": "600"}), "unavailable"),
    "302 without a target": (Reply(302), "bad_redirect"),
    "302 to another scheme": (Reply(302, headers={"Location": "ftp://paper.example/feed"}), "bad_redirect"),
    "302 to a file": (Reply(302, headers={"Location": "file:///etc/passwd"}), "bad_redirect"),
    "302 to a port that is none": (Reply(302, headers={"Location": "http://paper.example:port/"}), "bad_redirect"),
    "302 to an open bracket": (Reply(302, headers={"Location": "http://[::1"}), "bad_redirect"),
    "302 to itself": (Reply(302, headers={"Location": "/trick"}), "bad_redirect"),
    "truncated by length": (raw(HEADERS + b"Content-Length: 9999\r\n\r\n" + rss("a")), "truncated"),
    "truncated chunked": (raw(CHUNKED + b"fff\r\n" + rss("a")), "truncated"),
    "chunked without an end": (raw(CHUNKED + b"5\r\n<rss>\r\n"), "truncated"),
    "a chunk size that is none": (raw(CHUNKED + b"zz\r\nno\r\n"), "truncated"),
    "not HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "protocol_error"),
    "hangs up": (raw(b""), "protocol_error"),
    "1,200 headers": (raw(HEADERS + b"X-Flood: 1\r\n" * 1_200 + b"\r\n"), "protocol_error"),
    "endless headers": (raw(HEADERS, *([b"X-Flood: " + b"1" * 60_000 + b"\r\n"] * 64)), "protocol_error"),
    "gzip that is none": (Reply(body=rss("a"), headers={"Content-Encoding": "gzip"}), "protocol_error"),
    "silence": (raw(b"", pause=1.5), "timeout"),
    "silence inside the body": (raw(HEADERS + b"Content-Length: 999\r\n\r\n<rss>", pause=1.5), "timeout"),
    "headers byte by byte": (drip(HEADERS, b"X", 20), "timeout"),
    "body byte by byte": (drip(HEADERS + b"\r\n<rss>", b" ", 20), "timeout"),
    "a length over the cap": (Reply(body=b"<rss>" + b" " * (2 << 20)), "too_large"),
    "an endless body": (endless, "too_large"),
    "a gzip bomb of 40 MiB": (bomb(40), "too_large"),
    "nested entities": (
        Reply(
            body=b"<!DOCTYPE r [<!ENTITY a 'ha'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (c + 1, b"&%c;" % c * 10) for c in range(97, 106))
            + b"]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>"
        ),
        "new",
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_each_trick_has_its_outcome_and_disturbs_nobody(trick: str, server: ScriptedServer, bench: Bench) -> None:
    script, outcome = TRICKS[trick]
    tricky = feed_at(server.on("/trick", script), "tricky")
    good = feed_at(server.on("/good", FEED), "good")
    started = time.monotonic()
    attempts = bench.poll(tricky, good)
    assert time.monotonic() - started < 10

    fetch = attempts["tricky"].fetch
    assert fetch.outcome == outcome, fetch.detail
    assert fetch.detail
    wait = fetch.next_due_at - bench.now
    longest = timedelta(days=30) if outcome == "gone" else timedelta(hours=25)
    assert timedelta(minutes=10) <= wait <= longest
    assert (fetch.failures > 0) == (outcome != "new")
    assert bench.memories["tricky"].next_due_at == fetch.next_due_at
    assert attempts["good"].fetch.outcome == "new"


ELSEWHERE = {  # outcomes that other tests of this folder bring about
    *("nothing_new", "unchanged", "not_modified", "unparsable"),
    *("private_address", "dns_error", "connect_error", "tls_error"),
}


def test_every_outcome_is_brought_about() -> None:  # requirement 61
    assert {outcome for _script, outcome in TRICKS.values()} | ELSEWHERE == set(get_args(Outcome))


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
    ],
)
def test_compressed_bodies_are_read(  # requirement 16
    encoding: str, compress: Callable[[bytes], bytes], server: ScriptedServer, bench: Bench
) -> None:
    body = compress(rss("a flood"))
    url = server.on("/feed", Reply(body=body, headers={"Content-Encoding": encoding}))
    fetch = bench.poll(feed_at(url))["feed"].fetch
    assert (fetch.outcome, fetch.wire_bytes, fetch.body_bytes) == ("new", len(body), len(rss("a flood")))
    assert encoding in server.requests[0].headers["accept-encoding"]


MILLION = Reply(body=b"<rss version='2.0'><channel>" + b"<item/>" * 1_000_000 + b"</channel></rss>")


@pytest.mark.parametrize(
    ("script", "outcome"),
    [(bomb(300), "too_large"), (endless, "too_large"), (MILLION, "new")],
    ids=["a gzip bomb of 300 MiB", "a feed of 50 MiB", "a million entries"],
)
def test_memory_is_bounded(  # requirement 16
    script: Script, outcome: Outcome, server: ScriptedServer, bench: Bench
) -> None:
    bench.use(PollSettings())
    feed = feed_at(server.on("/big", script))
    tracemalloc.start()
    held = tracemalloc.get_traced_memory()[0]
    fetch = bench.poll(feed)["feed"].fetch
    peak = tracemalloc.get_traced_memory()[1] - held
    tracemalloc.stop()
    assert fetch.outcome == outcome
    assert peak < 64 << 20


def test_a_length_over_the_cap_is_believed(server: ScriptedServer, bench: Bench) -> None:  # requirement 16
    reply = raw(HEADERS + b"Content-Length: 999999999\r\n\r\n<rss>", pause=1.0)
    fetch = bench.poll(feed_at(server.on("/big", reply)))["feed"].fetch
    assert (fetch.outcome, fetch.wire_bytes) == ("too_large", 5)


def test_of_very_many_entries_two_thousand_are_read(server: ScriptedServer, bench: Bench) -> None:  # requirement 63
    bench.use(PollSettings())
    items = b"".join(b"<item><guid>%d</guid></item>" % number for number in range(100_000))
    fetch = bench.poll(feed_at(server.on("/many", Reply(body=b"<rss version='2.0'><channel>" + items))))["feed"].fetch
    assert (fetch.outcome, fetch.new_items) == ("new", 2_000)
    assert re.search(r"98,?000", fetch.detail)


def test_a_document_that_changed_without_news(server: ScriptedServer, bench: Bench) -> None:
    again = Reply(body=rss("a strike", "a flood", extra="<lastBuildDate>Mon, 02 Mar 2026</lastBuildDate>"))
    feed = feed_at(server.on("/feed", FEED, again))
    bench.poll(feed)
    attempt = bench.poll(feed)["feed"]
    assert (attempt.fetch.outcome, attempt.fetch.known_items, attempt.entries) == ("nothing_new", 2, [])


def test_a_feed_that_was_gone_and_came_back(server: ScriptedServer, bench: Bench) -> None:  # requirement 11
    feed = feed_at(server.on("/feed", FEED, Reply(410), FEED))
    bench.poll(feed)
    assert bench.poll(feed)["feed"].fetch.outcome == "gone"
    bench.wait(days=29)
    assert bench.poll(feed, poll_all=True) == {}
    bench.wait(days=1)
    attempt = bench.poll(feed)["feed"]
    assert (attempt.fetch.outcome, attempt.fetch.failures, attempt.entries) == ("unchanged", 0.0, [])
    assert bench.memory(feed).state == "active"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "hours"),
    [("10800", 3), ("Mon, 02 Mar 2026 15:00:00 GMT", 3), ("99999999999", 24), ("Fri, 31 Dec 9999 23:59:59 GMT", 24)],
)
def test_a_server_that_asks_for_a_pause_gets_it(  # requirement 9
    status: int, retry_after: str, hours: int, server: ScriptedServer, bench: Bench
) -> None:
    feed = feed_at(server.on("/feed", Reply(status, headers={"Retry-After": retry_after}), FEED))
    pause = bench.poll(feed)["feed"].fetch.next_due_at - bench.now
    assert timedelta(hours=hours) <= pause <= timedelta(hours=hours + 1)
    bench.wait(hours=hours - 1)
    assert bench.poll(feed, poll_all=True) == {}
    bench.wait(hours=2)
    assert bench.poll(feed)["feed"].fetch.outcome == "new"


def test_wrong_and_missing_charsets_are_read(server: ScriptedServer, bench: Bench) -> None:
    body = rss("Grève à Montréal").decode().encode("latin-1")
    wrong = Reply(body=body, headers={"Content-Type": "text/xml; charset=utf-8"})
    missing = Reply(body=body)
    feeds = [feed_at(server.on("/wrong", wrong), "wrong"), feed_at(server.on("/missing", missing), "missing")]
    attempts = bench.poll(*feeds)
    for attempt in attempts.values():
        assert [entry.title for entry in attempt.entries] == ["Grève à Montréal"]


def test_a_parser_that_raises_costs_one_document(  # requirement 34, feedparser#599
    server: ScriptedServer, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.reader = Reader(Mock(side_effect=RecursionError("too deep")))
    attempt = bench.poll(feed_at(server.on("/feed", FEED)))["feed"]
    assert attempt.fetch.outcome == "unparsable"
    assert "RecursionError: too deep" in attempt.fetch.detail
    assert attempt.reject is not None
    assert (attempt.reject.stage, attempt.reject.raw) == ("document", FEED.body)
    assert "RecursionError" in caplog.text


ODD_HEADERS = st.sampled_from(
    ["Content-Length", "Transfer-Encoding", "Content-Encoding", "Content-Type", "Location", "Connection", "ETag", ""]
)
ODD_VALUES = st.one_of(st.sampled_from(["chunked", "gzip", "gzip, br", "-1", "5", "//", "http://", "close"]), st.text())


@settings(max_examples=60, deadline=None)
@given(st.integers(100, 999), st.lists(st.tuples(ODD_HEADERS, ODD_VALUES), max_size=4), st.binary(max_size=40))
def test_no_answer_is_too_odd(status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    answer = raw(f"HTTP/1.1 {status} Odd\r\n{head}\r\n".encode("latin-1", "replace") + body)
    client = Client(PollSettings(read_timeout_s=0.5, total_timeout_s=0.5))
    with ScriptedServer() as server:
        request = Asked(url=server.on("/odd", answer), user_agent="test", private_network=True)
        result = client.fetch(request)
        assert "unexpected" not in getattr(result, "detail", "")
    client.close()


def test_what_is_no_feed_is_kept_as_received(server: ScriptedServer, bench: Bench) -> None:  # requirement 59
    attempt = bench.poll(feed_at(server.on("/page", html())))["feed"]
    assert attempt.reject is not None
    assert (attempt.reject.stage, attempt.reject.reason, attempt.reject.raw) == ("document", "not_a_feed", PAGE)


def test_the_same_page_is_kept_once(server: ScriptedServer, bench: Bench) -> None:  # requirement 59
    feed = feed_at(server.on("/page", html(), html(), html(body=PAGE + b"<p>News")))
    rejects = [bench.poll(feed)["feed"].reject for _ in range(3)]
    assert [reject and len(reject.raw) for reject in rejects] == [len(PAGE), None, len(PAGE) + 7]


def test_one_failure_has_one_row_and_no_reject(bench: Bench) -> None:  # requirement 60
    attempt = bench.poll(feed_at("http://127.0.0.1:1/feed"))["feed"]
    assert attempt.fetch.outcome == "connect_error"
    assert (attempt.fetch.status, attempt.fetch.final_url, attempt.reject) == (None, None, None)
