"""Polls 2,000 feeds on 200 host names behind 50 ms of latency, and compares with what is possible at best.

    python benchmarks/polling.py

Prints, for a first poll, a second one answered 304 and a third answered with the same bodies: the wall clock over the
larger of the time that parsing alone takes and the time that an ideal polite schedule needs; CPU time a feed; and
what the server saw of the limits. Ratios, not seconds: the baseline is measured in the same run. Exits 1 where a figure
is out of bounds.
"""

import asyncio
import multiprocessing
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from schemas.flow import Feed, Poll
from schemas.memory import FeedMemory
from transforms.parse.document import read_document
from transforms.poll.client import Client
from transforms.poll.exchange import Answer, Request
from transforms.poll.news import find_news
from transforms.poll.poller import Polled, Poller
from transforms.poll.settings import PollSettings

HOSTS, FEEDS_PER_HOST, ITEMS = 200, 10, 20
LATENCY_S = 0.05
START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RATIO_ALLOWED = 1.3
CPU_MS_ALLOWED = 2.0


def document(number: int) -> bytes:
    """A feed of some twenty short items."""
    items = "".join(
        f"<item><title>Report {item} of feed {number}</title><guid isPermaLink='false'>{number}-{item}</guid>"
        f"<link>https://paper.example/{number}/report-{item}.html</link>"
        f"<description>{'The inquiry into the bridge goes on. ' * 12}{item}</description></item>"
        for item in range(ITEMS)
    )
    return f"<rss version='2.0'><channel><title>Paper {number}</title>{items}</channel></rss>".encode()


@dataclass
class Site:
    """What the server saw of one host name."""

    starts: list[float]
    running: int = 0
    most: int = 0


class Server:
    """Answers after 50 ms; 304 to validators while `honest`."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = defaultdict(lambda: Site([]))
        self.honest = True
        self._bodies = [document(number) for number in range(HOSTS * FEEDS_PER_HOST)]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection."""
        while True:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()
                return
            site = self.sites[head.partition("Host: ")[2].partition("\r\n")[0]]
            site.starts.append(time.monotonic())
            site.running += 1
            site.most = max(site.most, site.running)
            await asyncio.sleep(LATENCY_S)
            site.running -= 1
            writer.write(self._reply(int(head.split(" ", 2)[1].rpartition("/")[2]), head))

    def _reply(self, number: int, head: str) -> bytes:
        if self.honest and "If-None-Match" in head:
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        body = self._bodies[number]
        return b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n' % len(body) + body


def serve(pipe: Connection) -> None:
    """Runs the server in a process of its own, and reports between rounds."""

    async def main() -> None:
        server = Server()
        listening = await asyncio.start_server(server.answer, "127.0.0.1", 0, backlog=1024)
        pipe.send(listening.sockets[0].getsockname()[1])
        while True:
            command = await asyncio.to_thread(pipe.recv)
            if command == "stop":
                os._exit(0)  # connections are still open, and nobody is interested
            gaps = [b - a for site in server.sites.values() for a, b in zip(site.starts, site.starts[1:], strict=False)]
            pipe.send((max(site.most for site in server.sites.values()), min(gaps)))
            server.sites.clear()
            server.honest = command == "honest"

    asyncio.run(main())


def polled(
    feeds: list[Feed],
    memories: dict[str, FeedMemory],
    fetch: Callable[[Request], Answer],
    settings: PollSettings,
    now: datetime,
) -> tuple[int, int]:
    """Polls all feeds once, keeping nothing but memory; gives attempts and new items."""
    attempts = new = 0
    poller = Poller(fetch, settings=settings, clock=lambda: now, run_id="benchmark")
    for result in poller.poll([Poll(feed=feed, memory=memories[feed.feed_id]) for feed in feeds], poll_all=True):
        if isinstance(result, Polled):
            attempts += 1
            new += result.fetch.new_items
        else:
            memories[result.feed_id] = result
    return attempts, new


def parsing_alone(feeds: list[Feed]) -> tuple[float, float]:
    """Seconds on the wall and of CPU that reading and comparing the documents takes in a plain loop."""
    start, before = time.monotonic(), time.process_time()
    for number, feed in enumerate(feeds):
        read = read_document(document(number), content_type=None, url=feed.url)
        memory = FeedMemory(feed_id=feed.feed_id, url=feed.url)
        find_news(feed, memory, read, url=feed.url, partial=False, now=START)
    return time.monotonic() - start, time.process_time() - before


def ideal_s(settings: PollSettings) -> float:
    """The least time that limits and latency allow."""
    spaced = (FEEDS_PER_HOST - 1) * settings.spacing_s + LATENCY_S
    paired = -(-FEEDS_PER_HOST // settings.per_site) * LATENCY_S
    return max(spaced, paired, HOSTS * FEEDS_PER_HOST * LATENCY_S / settings.threads)


def round_of(spacing_s: float) -> bool:
    """Three polls at one spacing; whether all figures are as they must be."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    port = here.recv()
    settings = PollSettings(spacing_s=spacing_s)
    client = Client(settings, resolve=lambda _host, _port: ["127.0.0.1"])
    feeds = [
        Feed(feed_id=f"feed{number:04}", url=f"http://site{number % HOSTS}.example:{port}/{number}", outlet="Paper")
        for number in range(HOSTS * FEEDS_PER_HOST)
    ]
    memories = {feed.feed_id: FeedMemory(feed_id=feed.feed_id, url=feed.url) for feed in feeds}
    parsing = parsing_alone(feeds)
    good = True
    for name, command, (parse_s, parse_cpu) in (
        ("first", "honest", parsing),
        ("304", "lying", (0.0, 0.0)),
        ("same body", "honest", (0.0, 0.0)),
    ):
        rss, cpu, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time(), time.monotonic()
        attempts, new = polled(
            feeds, memories, lambda request: client.fetch(replace(request, private_network=True)), settings, START
        )
        wall, cpu = time.monotonic() - start, time.process_time() - cpu
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - rss) / 1024
        best = max(ideal_s(settings), parse_s)
        cpu_ms = (cpu - parse_cpu) / attempts * 1000
        print(
            f"spacing {spacing_s:g} s, {name:9}: {attempts} polls, {new} new items; wall {wall:.2f} s = "
            f"{wall / best:.2f} x best ({best:.2f} s; parsing {parse_s:.2f} s); CPU beside parsing {cpu_ms:.2f} ms a "
            f"feed; grew {grown:.0f} MiB",
            end="; ",
        )
        here.send(command)
        most, closest = here.recv()
        print(f"at most {most} at once to a host, {closest:.2f} s apart")
        good &= not spacing_s or wall / best <= RATIO_ALLOWED  # without spacing the CPU of 2,000 requests is the limit
        good &= name == "first" or cpu_ms < CPU_MS_ALLOWED
        good &= most <= settings.per_site and closest >= spacing_s - LATENCY_S
    here.send("stop")
    client.close()
    process.join()
    return good


if __name__ == "__main__":
    results = [round_of(spacing_s) for spacing_s in (0.0, 2.0)]
    raise SystemExit(0 if all(results) else 1)
