"""The rows a poll leaves in the tables."""

from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec.structs import replace

from schemas.flow import Feed
from schemas.memory import FeedMemory
from schemas.tables import Fetch, Outcome, Reject, RejectStage
from transforms.poll.exchange import Failure
from transforms.poll.policy import Came
from transforms.poll.rhythm import is_silent

_DOCUMENT_REJECTS: frozenset[Outcome] = frozenset({"not_a_feed", "unparsable"})
_KEPT_BYTES = 64 << 10
"""Of what is no document at all: the beginning tells what it was."""


def fetch_row(feed: Feed, came: Came, memory: FeedMemory, now: datetime, run_id: str) -> Fetch:
    """The row of one attempt.

    Args:
        feed: the feed.
        came: what the attempt brought.
        memory: of the feed, after it.
        now: when the answer was complete.
        run_id: the run.
    """
    answer, news = came.answer, came.news
    return Fetch(
        feed_id=feed.feed_id,
        outlet=feed.outlet,
        url=came.request.url,
        final_url=None if isinstance(answer, Failure) and answer.status is None else answer.url,
        fetched_at=now - timedelta(milliseconds=answer.duration_ms),
        outcome=came.outcome,
        status=answer.status,
        detail=_with_silence(came.detail, memory, now),
        duration_ms=answer.duration_ms,
        wire_bytes=answer.wire_bytes,
        body_bytes=answer.body_bytes if isinstance(answer, Failure) else len(answer.body),
        hops=len(answer.hops),
        conditional=came.request.conditional,
        items=news.items if news else 0,
        new_items=news.new if news else 0,
        revised_items=news.revised if news else 0,
        known_items=news.known if news else 0,
        rejected_items=0,
        overlap=news.overlap if news else None,
        failures=memory.failures,
        next_due_at=memory.next_due_at or now,
        run_id=run_id,
    )


def reject_row(feed: Feed, came: Came, now: datetime, run_id: str) -> Reject | None:
    """The bytes that could not be used, if there were any.

    Args:
        feed: the feed.
        came: what the attempt brought: a failure.
        now: when the answer was complete.
        run_id: the run.
    """
    if not came.answer.body:
        return None
    stage: RejectStage = "document" if came.outcome in _DOCUMENT_REJECTS else "fetch"
    return Reject(
        feed_id=feed.feed_id,
        outlet=feed.outlet,
        url=came.answer.url,
        rejected_at=now,
        stage=stage,
        reason=came.outcome,
        detail=came.detail,
        raw=came.answer.body if stage == "document" else came.answer.body[:_KEPT_BYTES],
        run_id=run_id,
    )


def remember_reject(memory: FeedMemory, reject: Reject | None) -> FeedMemory:
    """The memory that knows which bytes were rejected last."""
    return memory if reject is None else replace(memory, rejected_hash=blake2b(reject.raw, digest_size=16).hexdigest())


def _with_silence(detail: str, memory: FeedMemory, now: datetime) -> str:
    if memory.last_new_at is None or not is_silent(memory, now):
        return detail
    return f"{detail}; nothing new for {(now - memory.last_new_at).days} days, much longer than usual here"
