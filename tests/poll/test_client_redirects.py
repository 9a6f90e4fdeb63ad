"""Where redirects are followed, and where not."""

import time
from collections.abc import Callable
from io import BufferedIOBase

import pytest

from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, Script, ScriptedServer, rss, to
from tests.poll.scripted_server import Request as Sent
from transforms.poll.exchange import Answer, Failure, Response

FEED = Reply(body=rss("a flood"), headers={"ETag": '"1"', "Set-Cookie": "me=you"})


Get = Callable[..., Answer]


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


def after(seconds: float, reply: Reply) -> Script:
    def answer(request: Sent, out: BufferedIOBase) -> None:
        time.sleep(seconds)
        reply(request, out)

    return answer


def test_time_is_counted_over_all_hops(server: ScriptedServer, get: Get) -> None:  # requirement 15
    for number in range(6):
        server.on(f"/{number}", after(0.5, to(f"/{number + 1}")))
    started = time.monotonic()
    answer = get(server.url("/0"))
    assert isinstance(answer, Failure)
    assert answer.outcome == "timeout"
    assert time.monotonic() - started < 6
