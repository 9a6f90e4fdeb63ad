"""A poller on a clock of the test's own."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from schemas.flow import Feed, Poll
from schemas.memory import FeedMemory
from transforms.poll.client import Client
from transforms.poll.poller import Fetcher, Polled, Poller
from transforms.poll.reading import Reader
from transforms.poll.settings import PollSettings

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Bench:
    """Feeds with their memory, polled as often as a test likes."""

    settings: PollSettings
    client: Client
    now: datetime = START
    fetcher: Fetcher | None = None
    reader: Reader | None = None
    memories: dict[str, FeedMemory] = field(default_factory=dict)

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def use(self, settings: PollSettings) -> None:
        """Polls with other limits from now on."""
        self.settings = settings
        self.client.close()
        self.client = Client(settings)

    def poll(self, *feeds: Feed, poll_all: bool = False) -> dict[str, Polled]:
        """Polls feeds once; gives the attempts by feed, and keeps the memory."""
        poller = Poller(
            self.fetcher or self.client.fetch,
            settings=self.settings,
            clock=lambda: self.now,
            run_id="run",
            reader=self.reader,
        )
        attempts: dict[str, Polled] = {}
        polls = [Poll(feed=feed, memory=self.memory(feed)) for feed in feeds]
        for result in poller.poll(polls, poll_all=poll_all):
            if isinstance(result, FeedMemory):
                self.memories[result.feed_id] = result
            else:
                attempts[result.feed.feed_id] = result
        return attempts

    def memory(self, feed: Feed) -> FeedMemory:
        return self.memories.get(feed.feed_id) or FeedMemory(feed_id=feed.feed_id, url=feed.url)


def feed_at(url: str, feed_id: str = "feed") -> Feed:
    """A feed on the test's own server."""
    return Feed(feed_id=feed_id, url=url, outlet="Paper", private_network=True)
