"""PollFeeds as a whole: feeds in, four outputs out; and what holds between the feeds of a shard."""

from datetime import datetime

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that
from msgspec.structs import replace

from schemas.coder import RecordCoder
from schemas.flow import Entry, Feed, Poll, Shard
from schemas.memory import FeedMemory
from schemas.record import Record
from schemas.tables import Fetch, Reject
from tests.poll.polling import START, Bench, feed_at
from tests.poll.scripted_server import Reply, ScriptedServer, rss
from transforms.poll.exchange import Answer, Request, Response
from transforms.poll.settings import PollSettings
from transforms.poll.transform import PollFeeds


def at_start() -> datetime:
    return START


def test_the_four_outputs(server: ScriptedServer) -> None:
    news = feed_at(server.on("/news", Reply(body=rss("a flood", "a strike"))), "news")
    page = feed_at(server.on("/page", Reply(body=b"<p>Welcome")), "page")
    blocked = feed_at(server.on("/blocked", Reply(429)), "blocked")
    later = FeedMemory(
        feed_id="blocked", url=blocked.url, configured_url=blocked.url, blocked_until=START.replace(hour=23)
    )
    polls = [
        Poll(feed=news, memory=FeedMemory(feed_id="news", url=news.url)),
        Poll(feed=page, memory=FeedMemory(feed_id="page", url=page.url)),
        Poll(feed=blocked, memory=later),
    ]
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        shards = pipeline | beam.Create([Shard(number=0, polls=polls)]).with_output_types(Shard)
        polled = shards | PollFeeds("run7", settings=PollSettings(threads=2), clock=at_start)
        records: tuple[type[Record], ...] = (Entry, Fetch, Reject, FeedMemory)
        for output, record in zip(polled, records, strict=True):
            assert beam.coders.registry.get_coder(output.element_type) == RecordCoder(record)
        assert_that(polled.entries, has(["a flood", "a strike"], "title"), label="entries")
        assert_that(polled.fetches, has(["new", "not_a_feed"], "outcome"), label="fetches")
        assert_that(polled.fetches, has(["run7", "run7"], "run_id"), label="runs")
        assert_that(polled.rejects, has([b"<p>Welcome"], "raw"), label="rejects")
        assert_that(polled.memory, has(["blocked", "news", "page"], "feed_id"), label="memory")
    counters = {result.key.metric.name: result.committed for result in pipeline.result.metrics().query()["counters"]}
    assert (counters["polled"], counters["failed"], counters["new_items"]) == (2, 1, 2)
    assert server.asked("/blocked") == []


class has:  # noqa: N801 -- reads as a matcher
    """Compares one column of the rows, in any order."""

    def __init__(self, values: list[object], column: str) -> None:
        self._values = values
        self._column = column

    def __call__(self, rows: list[object]) -> None:
        assert sorted(getattr(row, self._column) for row in rows) == self._values


def test_an_item_added_to_a_private_feed_is_seen_at_once(server: ScriptedServer, bench: Bench) -> None:
    feed = feed_at(server.on("/feed", Reply(body=rss("a flood")), Reply(body=rss("a strike", "a flood"))))
    bench.poll(feed)
    assert [entry.title for entry in bench.poll(feed)["feed"].entries] == ["a strike"]


def test_a_public_feed_is_left_alone_until_it_is_due(bench: Bench) -> None:  # requirement 25
    feed = Feed(feed_id="feed", url="https://paper.example/feed", outlet="Paper")
    bench.fetcher = lambda request: Response(url=request.url, status=200, headers={}, body=rss("a flood"))
    due = bench.poll(feed)["feed"].fetch.next_due_at
    assert bench.poll(feed) == {}
    assert set(bench.poll(feed, poll_all=True)) == {"feed"}
    bench.now = due
    bench.memories["feed"] = replace(bench.memories["feed"], next_due_at=due)
    assert set(bench.poll(feed)) == {"feed"}


def test_two_feeds_with_one_address_are_polled_once(  # requirement 30
    server: ScriptedServer, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.on("/feed", Reply(body=rss("a flood")))
    attempts = bench.poll(feed_at(url, "one"), feed_at(url, "two"))
    assert set(attempts) == {"one"}
    assert len(server.requests) == 1
    assert "two is not polled: one has the same address" in caplog.text
    assert set(bench.memories) == {"one", "two"}


def test_two_feeds_that_moved_to_one_address_are_polled_once(  # requirement 30
    server: ScriptedServer, bench: Bench
) -> None:
    server.on("/feed", Reply(body=rss("a flood")))
    for path in ("/one", "/two"):
        server.on(path, Reply(301, headers={"Location": "/feed"}))
    feeds = feed_at(server.url("/one"), "one"), feed_at(server.url("/two"), "two")
    for _ in range(3):
        assert len(bench.poll(*feeds)) == 2
    assert len(bench.poll(*feeds)) == 1


def test_a_429_pauses_the_feeds_of_its_site(bench: Bench) -> None:  # requirement 10, FreshRSS#8925
    bench.settings = PollSettings(threads=1, spacing_s=0)
    asked: list[str] = []

    def fetch(request: Request) -> Answer:
        asked.append(request.url)
        if "tumblr" in request.url:
            return Response(url=request.url, status=429, headers={"retry-after": "7200"})
        return Response(url=request.url, status=200, headers={}, body=rss("a flood"))

    bench.fetcher = fetch
    addresses = ["https://a.tumblr.com/rss", "https://b.tumblr.com/rss", "https://paper.example/feed"]
    feeds = [Feed(feed_id=url, url=url, outlet="Paper") for url in addresses]
    attempts = bench.poll(*feeds)
    assert len(attempts) == 2
    assert sorted(url.split("/")[2].split(".")[-2] for url in asked) == ["paper", "tumblr"]
    blocked = {feed_id: memory.blocked_until for feed_id, memory in bench.memories.items()}
    assert blocked[addresses[0]] == blocked[addresses[1]]
    assert blocked[addresses[0]] is not None
    assert blocked[addresses[2]] is None
    asked.clear()
    bench.wait(hours=1)
    bench.poll(*feeds, poll_all=True)
    assert asked == [addresses[2]]


def test_a_silent_feed_says_so(bench: Bench) -> None:  # requirement 33
    feed = Feed(feed_id="feed", url="https://paper.example/feed", outlet="Paper")
    bench.memories["feed"] = FeedMemory(
        feed_id="feed",
        url=feed.url,
        configured_url=feed.url,
        etag='"1"',
        last_full_at=START,
        last_new_at=START.replace(month=1),
        new_item_gap_s=3600.0,
    )
    bench.fetcher = lambda request: Response(url=request.url, status=304, headers={})
    assert "nothing new for 59 days" in bench.poll(feed)["feed"].fetch.detail
