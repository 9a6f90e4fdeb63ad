"""One feed, one answer, and the memory after it: what the tests of the polling policy share."""

from datetime import UTC, datetime, timedelta
from random import Random

from msgspec.structs import replace

from schemas.flow import Feed
from schemas.memory import FeedMemory
from schemas.tables import Outcome
from transforms.poll.exchange import Answer, Failure, Hop, Response
from transforms.poll.news import News
from transforms.poll.policy import Came, ask, conclude
from transforms.poll.settings import PollSettings

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://paper.example/feed"
FEED = Feed(feed_id="paper", url=URL, outlet="Paper")
SETTINGS = PollSettings()
FRESH = FeedMemory(feed_id="paper", url=URL, configured_url=URL)
KNOWN = replace(
    FRESH,
    etag='W/"1"',
    last_modified="Sun, 01 Mar 2026 08:00:00 GMT",
    body_hash="old",
    interval_s=3600,
    last_full_at=NOW - timedelta(hours=1),
    last_success_at=NOW - timedelta(hours=1),
    last_new_at=NOW - timedelta(hours=1),
    new_item_gap_s=3600.0,
)


SAME_VALIDATORS = {"etag": KNOWN.etag or "", "last-modified": KNOWN.last_modified or ""}


class Never(Random):
    """Chance that always comes out lowest."""

    def random(self) -> float:
        return 0.0


class Always(Random):
    """Chance that always comes out highest."""

    def random(self) -> float:
        return 1.0


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- chance in a test


def news(new: int = 1, known: int = 1, overlap: float | None = 0.5) -> News:
    return News(
        entries=[],
        listed=[],
        identity="guid",
        blocks=[],
        items=new + known,
        new=new,
        revised=0,
        known=known,
        overlap=overlap,
    )


def response(status: int = 200, headers: dict[str, str] | None = None, *hops: Hop, url: str = URL) -> Response:
    return Response(url=url, status=status, headers=headers or {}, body=b"body", hops=hops)


def after(
    answer: Answer,
    outcome: Outcome,
    memory: FeedMemory = KNOWN,
    *,
    feed: Feed = FEED,
    found: News | None = None,
    body_hash: str = "new",
    ttl_s: int | None = None,
    now: datetime = NOW,
    chance: Random | None = None,
) -> FeedMemory:
    """The memory after one poll."""
    request = ask(feed, memory, now, SETTINGS)
    came = Came(request=request, answer=answer, outcome=outcome, body_hash=body_hash, ttl_s=ttl_s, news=found)
    return conclude(feed, memory, came, now, chance or Never())


def after_news(memory: FeedMemory = KNOWN, headers: dict[str, str] | None = None, **options: object) -> FeedMemory:
    return after(response(200, headers), "new", memory, found=news(), **options)  # type: ignore[arg-type]  # as `after`


def wait(memory: FeedMemory, now: datetime = NOW) -> timedelta:
    assert memory.next_due_at is not None
    return memory.next_due_at - now


def failure(outcome: Outcome, *, transient: bool = False) -> Failure:
    return Failure(outcome=outcome, detail="no", url=URL, transient=transient)
