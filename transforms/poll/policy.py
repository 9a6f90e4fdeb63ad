"""The polling policy, on one page: whom to ask, what to ask, and what an answer means for the next time.

Pure: time and chance are handed in, nothing is fetched.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from msgspec.structs import replace

from schemas.flow import Feed
from schemas.memory import FeedMemory
from schemas.tables import Outcome
from transforms.poll import rhythm
from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Answer, Request, Response
from transforms.poll.freshness import lifetime_s, retry_after_s, validators
from transforms.poll.news import News
from transforms.poll.outcome import SUCCESSES, weight_of
from transforms.poll.settings import PollSettings

_DAY = timedelta(days=1)
_GONE_FOR = timedelta(days=30)
_TRUSTED_REDIRECTS = 3
_FAILURES_TO_RETURN = 3.0
_PATIENCE_GAPS = 10
_PATIENCE = _DAY, timedelta(days=7)
_CLUMP = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a poll brought: the answer and, where it was a feed, what was found in it."""

    request: Request
    answer: Answer
    outcome: Outcome
    body_hash: str | None = None
    ttl_s: int | None = None
    news: News | None = None
    detail: str = ""
    """The same for a person."""


def recall(feed: Feed, memory: FeedMemory) -> FeedMemory:
    """The memory as it applies to the feed as now configured: another address is asked afresh, its items stay known.

    So do its last bytes: the same document elsewhere is no news.
    """
    url = without_credentials(feed.url)
    if memory.configured_url == url:
        return memory
    fresh = FeedMemory(feed_id=feed.feed_id, url=url, configured_url=url)
    fresh = replace(fresh, body_hash=memory.body_hash, rejected_hash=memory.rejected_hash)
    return replace(fresh, identity=memory.identity, entries=memory.entries, blocks=memory.blocks)


def is_due(feed: Feed, memory: FeedMemory, now: datetime, *, poll_all: bool) -> bool:
    """Whether to ask now. A server that said when to come back is obeyed whatever is wished."""
    if memory.blocked_until is not None and now < memory.blocked_until:
        return False
    if poll_all or feed.private_network:  # a private server is the user's own: fresh beats polite
        return True
    return memory.next_due_at is None or now >= memory.next_due_at


def ask(feed: Feed, memory: FeedMemory, now: datetime, settings: PollSettings) -> Request:
    """What to ask: with validators, except when they are to be tested."""
    doubted = _doubts_validators(memory, now)
    second = feed.fallback_user_agent
    let_in = second if memory.user_agent == second else None
    return Request(
        url=memory.url,
        user_agent=let_in or feed.user_agent or settings.user_agent,
        etag=None if doubted else memory.etag,
        last_modified=None if doubted else memory.last_modified,
        proxy=feed.proxy or settings.proxy,
        private_network=feed.private_network,
    )


def ask_again(feed: Feed, request: Request, answer: Answer) -> Request | None:
    """After a 403, the same once more under the feed's second name, if it has one."""
    refused = isinstance(answer, Response) and answer.status == 403
    second = feed.fallback_user_agent
    if not refused or second is None or request.user_agent == second:
        return None
    return request.under(second)


def conclude(feed: Feed, memory: FeedMemory, came: Came, now: datetime, random: Random) -> FeedMemory:
    """The memory after a poll; its `next_due_at` says when to ask again."""
    memory = replace(
        memory,
        last_polled_at=now,
        last_outcome=came.outcome,
        last_unconditional_at=memory.last_unconditional_at if came.request.conditional else now,
        blocked_until=None,
    )
    if came.outcome in SUCCESSES and isinstance(came.answer, Response):
        return _succeeded(feed, memory, came, came.answer, now=now, random=random)
    return _failed(feed, memory, came, now, random)


def site_pause(feed: Feed, memory: FeedMemory) -> datetime | None:
    """Until when a whole site is to be left alone, as one of its feeds was told; None if that feed alone is meant.

    A 429 counts requests of the site; a 503 may be one feed's trouble (FreshRSS#7870), and a private server is one.
    """
    return memory.blocked_until if memory.last_outcome == "throttled" and not feed.private_network else None


def hold(memory: FeedMemory, until: datetime) -> FeedMemory:
    """The memory of a feed whose site asked for a pause through another feed."""
    blocked_until = max(memory.blocked_until or until, until)
    return replace(memory, blocked_until=blocked_until, next_due_at=max(memory.next_due_at or until, blocked_until))


def _succeeded(
    feed: Feed, memory: FeedMemory, came: Came, response: Response, *, now: datetime, random: Random
) -> FeedMemory:
    news = came.news
    new_items = news.new if news else 0
    overlap = news.overlap if news else 1.0
    interval_s = rhythm.next_interval_s(memory.interval_s, overlap, dormant=rhythm.is_dormant(memory, now))
    memory = _with_news(_with_document(_with_address(memory, response), came, response, now), news)
    memory = replace(
        memory,
        state="active",
        failures=0.0,
        interval_s=interval_s,
        last_success_at=now,
        last_new_at=now if new_items else memory.last_new_at,
        new_item_gap_s=rhythm.usual_gap_s(memory, new_items, now),
        last_overlap=news.overlap if news else memory.last_overlap,
        user_agent=came.request.user_agent if came.request.retried else memory.user_agent,
    )
    wished_s = max(interval_s, feed.min_interval_s or 0, memory.ttl_s or 0, lifetime_s(response.headers))
    wait_s = min(wished_s, rhythm.CEILING_S)
    return replace(memory, next_due_at=now + timedelta(seconds=wait_s + rhythm.jitter_s(wait_s, random)))


def _failed(feed: Feed, memory: FeedMemory, came: Came, now: datetime, random: Random) -> FeedMemory:
    failures = memory.failures + weight_of(came.outcome, came.answer)
    memory = _with_return_to_configured(replace(memory, failures=failures))
    wait_s = min(max(rhythm.backed_off_s(memory.interval_s, failures), feed.min_interval_s or 0), rhythm.CEILING_S)
    due = now + timedelta(seconds=wait_s + rhythm.jitter_s(wait_s, random))
    blocked_until = _blocked_until(came, now, random)
    if came.outcome == "gone":
        memory = replace(memory, state="gone")
    return replace(memory, blocked_until=blocked_until, next_due_at=max(due, blocked_until or due))


def _blocked_until(came: Came, now: datetime, random: Random) -> datetime | None:
    """When the server allows the next request; a chance hour on top keeps feeds from coming back as one clump."""
    if came.outcome == "gone":
        return now + _GONE_FOR
    if came.outcome not in {"throttled", "unavailable", "blocked"} or not isinstance(came.answer, Response):
        return None
    asked_s = retry_after_s(came.answer.headers, now)
    if asked_s is None:
        return None
    return now + min(timedelta(seconds=asked_s), _DAY) + random.random() * _CLUMP


def _doubts_validators(memory: FeedMemory, now: datetime) -> bool:
    """Whether "not modified" has been said for longer than the feed is usually quiet; asked at most once a day."""
    if memory.last_full_at is None:
        return False
    least, most = _PATIENCE
    gaps = _PATIENCE_GAPS * timedelta(seconds=memory.new_item_gap_s or most.total_seconds())
    patience = least if memory.validators_lied else min(max(gaps, least), most)
    asked_at = memory.last_unconditional_at or memory.last_full_at
    return now - memory.last_full_at >= patience and now - asked_at >= _DAY


def _with_document(memory: FeedMemory, came: Came, response: Response, now: datetime) -> FeedMemory:
    """Validators are kept of answers that were feeds only: those of a CDN's error page would mean 304 for ever."""
    etag, last_modified = validators(response.headers, now)
    if came.outcome == "not_modified":  # RFC 9111, 4.3.4: a 304 updates what it mentions
        return replace(memory, etag=etag or memory.etag, last_modified=last_modified or memory.last_modified)
    same_validators = (etag, last_modified) == (memory.etag, memory.last_modified) != (None, None)
    changed = came.body_hash != memory.body_hash
    return replace(
        memory,
        etag=etag,
        last_modified=last_modified,
        body_hash=came.body_hash,
        last_full_at=now,
        ttl_s=came.ttl_s if came.news else memory.ttl_s,
        validators_lied=memory.validators_lied or (same_validators and changed),
    )


def _with_news(memory: FeedMemory, news: News | None) -> FeedMemory:
    if news is None:
        return memory
    return replace(memory, identity=news.identity, entries=news.listed, blocks=news.blocks)


def _with_address(memory: FeedMemory, response: Response) -> FeedMemory:
    """A permanent redirect is believed when three polls in a row led to the same feed (NetNewsWire#953)."""
    moved_to = response.moved_to
    if moved_to is None:
        return replace(memory, redirect_url=None, redirect_seen=0)
    seen = memory.redirect_seen + 1 if moved_to == memory.redirect_url else 1
    if seen < _TRUSTED_REDIRECTS:
        return replace(memory, redirect_url=moved_to, redirect_seen=seen)
    return replace(memory, url=moved_to, redirect_url=None, redirect_seen=0)


def _with_return_to_configured(memory: FeedMemory) -> FeedMemory:
    """An address learned from a redirect that keeps failing is given up for the one configured."""
    if memory.failures < _FAILURES_TO_RETURN or memory.configured_url in {None, memory.url}:
        return memory
    return replace(memory, url=memory.configured_url or memory.url, etag=None, last_modified=None)
