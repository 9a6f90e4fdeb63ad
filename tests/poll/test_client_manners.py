"""How the client behaves towards servers: what it sends, what it keeps, what it takes."""

import socket
from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as changed

from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, ScriptedServer, rss
from transforms.poll.exchange import Answer, Failure, Request, Response
from transforms.poll.settings import PollSettings

FEED = Reply(body=rss("a flood"), headers={"ETag": '"1"', "Set-Cookie": "me=you"})


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


def test_a_server_that_accepts_nothing_is_given_up(bench: Bench) -> None:  # requirement 15
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        answer = bench.client.fetch(
            Request(url=f"http://127.0.0.1:{closed.getsockname()[1]}/", user_agent="x", private_network=True)
        )
    assert isinstance(answer, Failure)
    assert answer.outcome == "connect_error"


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
