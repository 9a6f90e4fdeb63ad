"""A feed under examination: what polling it would bring, and what its publisher or its user should know."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from schemas.flow import Feed, Item
from schemas.memory import FeedMemory
from schemas.tables import DateQuality
from transforms.parse.reading import Detector, read_entry
from transforms.poll import policy
from transforms.poll.credentials import authorization
from transforms.poll.exchange import Answer, Request, Response
from transforms.poll.outcome import SUCCESSES
from transforms.poll.policy import Came
from transforms.poll.reading import Reader
from transforms.poll.settings import PollSettings

_DATE_ADVICE: dict[DateQuality, str] = {
    "naive": "name no time zone and are taken for UTC",
    "date_only": "name no time of day",
    "updated": "are dates of a change, as no publication is given",
    "feed": "are those of the feed, as the item has none",
    "missing": "are missing, and the time of fetching stands in",
    "unreadable": "cannot be read, and the time of fetching stands in",
    "ancient": "lie before 1990 and are not believed",
    "future": "lie in the future and are not believed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """The findings."""

    came: Came
    memory: FeedMemory
    """As a run would keep it."""
    honoured: bool | None
    """Whether validators were answered 304; None where there were none to try."""
    items: list[Item] = field(default_factory=list)
    dates: Counter[DateQuality] = field(default_factory=Counter)
    advice: list[str] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """Whether there is a feed."""
        return self.came.outcome in SUCCESSES


def check_up(
    feed: Feed, fetch: Callable[[Request], Answer], settings: PollSettings, detector: Detector, now: datetime
) -> Checkup:
    """Examines a feed by polling it once, and once more with the validators it gave.

    Args:
        feed: the feed.
        fetch: asks the web.
        settings: limits and manners.
        detector: tells languages.
        now: the time, UTC.

    Raises:
        MissingSecretError: the feed names an environment variable that is not set.
    """
    nothing_known = policy.recall(feed, FeedMemory(feed_id=feed.feed_id, url=feed.url))
    secret = authorization(feed, nothing_known.url)
    request = policy.ask(feed, nothing_known, now, settings).bearing(secret)
    came = Reader().came(feed, nothing_known, request, fetch(request), now)
    memory = policy.conclude(feed, nothing_known, came, now, Random(feed.feed_id))  # noqa: S311 -- spreads requests
    conditional = policy.ask(feed, memory, now, settings).bearing(secret)
    honoured = fetch(conditional).status == 304 if conditional.conditional else None
    readings = (
        [read_entry(entry, run_id="check", detector=detector, count=_ignore) for entry in came.news.entries]
        if came.news
        else []
    )
    items = [item for item in readings if isinstance(item, Item)]
    dates = Counter(item.date_quality for item in items)
    return Checkup(
        came=came,
        memory=memory,
        honoured=honoured,
        items=items,
        dates=dates,
        advice=_advice(came, memory, honoured, items, dates),
    )


def _advice(
    came: Came, memory: FeedMemory, honoured: bool | None, items: list[Item], dates: Counter[DateQuality]
) -> list[str]:
    if not isinstance(came.answer, Response) or came.outcome not in SUCCESSES:
        return []
    advice = []
    if came.answer.moved_to:
        advice.append(f"it has moved for good: change its address to {came.answer.moved_to}")
    if came.answer.downgraded:
        advice.append("a redirect leads from https to http: ask the publisher for an encrypted address")
    if honoured is None and came.request.url.startswith("http"):
        advice.append("the server gives no validators: every poll transfers the whole document")
    if honoured is False:
        advice.append("the server gives validators but does not honour them: every poll transfers the whole document")
    if memory.identity != "guid":
        by = "link" if memory.identity == "link" else "title and date"
        advice.append(f"guids are missing or repeated: items are recognised by {by}, so an edit there makes a new item")
    advice += [
        f"{count} of {len(items)} dates {_DATE_ADVICE[quality]}"
        for quality, count in dates.most_common()
        if quality in _DATE_ADVICE
    ]
    headlines = sum(item.text_source == "title" for item in items)
    if headlines:
        advice.append(f"{headlines} of {len(items)} items are headlines only: little will be found in them")
    return advice


def _ignore(_limit: str) -> None:
    """Limits are counted in runs."""
