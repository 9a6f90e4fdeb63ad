"""From an answer to what it brought: the document recognised, read and compared."""

import logging
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from schemas.flow import Feed
from schemas.memory import FeedMemory
from schemas.tables import Outcome
from transforms.parse.document import FeedDocument, NotAFeed, UnparsableDocument, read_document
from transforms.poll.exchange import Answer, Failure, Request, Response
from transforms.poll.news import News, find_news
from transforms.poll.outcome import outcome_of
from transforms.poll.policy import Came

_log = logging.getLogger("casewire.poll")

_REMEDIES: dict[Outcome, str] = {
    "not_modified": "not modified",
    "forbidden": "the site refuses this client; give the feed a secret or another user_agent",
    "blocked": "a challenge page stands before the feed; ask the publisher to let this user agent in",
    "not_found": "nothing is at this address; find the new one with `casewire feeds discover` on the site's page",
    "gone": "the publisher removed it for good; it is asked again in 30 days",
    "throttled": "asked too often",
    "unavailable": "the server is down or busy",
    "empty": "the answer has no body",
    "bad_redirect": "a redirect without a target",
    "protocol_error": "an answer that does not fit the question",
}


class Read(Protocol):
    """Reads a document, as `transforms.parse.document.read_document` does."""

    def __call__(self, body: bytes, *, content_type: str | None, url: str) -> FeedDocument:
        """The feed, or one of `NotAFeed` and `UnparsableDocument`."""


class Reader:
    """Reads answers against the memory of their feeds."""

    def __init__(self, read: Read = read_document) -> None:
        self._read = read

    def came(self, feed: Feed, memory: FeedMemory, request: Request, answer: Answer, now: datetime) -> Came:
        """What a poll brought; never raises for what a server sent."""
        if isinstance(answer, Failure):
            return Came(request=request, answer=answer, outcome=answer.outcome, detail=answer.detail)
        outcome = outcome_of(request, answer)
        if outcome is not None:
            detail = f"HTTP {answer.status}: {_REMEDIES.get(outcome, 'the server failed')}"
            return Came(request=request, answer=answer, outcome=outcome, detail=detail)
        body_hash = blake2b(answer.body, digest_size=16).hexdigest()
        if body_hash == memory.body_hash:
            return Came(
                request=request,
                answer=answer,
                outcome="unchanged",
                body_hash=body_hash,
                detail="the same body as before",
            )
        return self._document(feed, memory, request, answer, body_hash, now=now)

    def _document(
        self, feed: Feed, memory: FeedMemory, request: Request, response: Response, body_hash: str, *, now: datetime
    ) -> Came:
        try:
            document = self._read(response.body, content_type=response.headers.get("content-type"), url=response.url)
            news = find_news(feed, memory, document, url=response.url, partial=response.status == 226, now=now)
        except NotAFeed as error:
            return Came(request=request, answer=response, outcome="not_a_feed", detail=str(error))
        except UnparsableDocument as error:
            return Came(request=request, answer=response, outcome="unparsable", detail=str(error))
        except Exception as error:
            # Documents come from anybody; one that breaks the parser must not end the run (feedparser#599).
            _log.exception("%s: unexpected %s in its document", feed.feed_id, type(error).__name__)
            detail = f"unexpected {type(error).__name__}: {error}; please report this document, it is in rejects"
            return Came(request=request, answer=response, outcome="unparsable", detail=detail)
        return Came(
            request=request,
            answer=response,
            outcome="new" if news.entries else "nothing_new",
            body_hash=body_hash,
            ttl_s=document.ttl_s,
            news=news,
            detail=_counted(news, response, document.warnings),
        )


def _counted(news: News, response: Response, warnings: list[str]) -> str:
    parts = [f"{news.new} new, {news.revised} revised, {news.known} known"]
    if news.overlap == 0:
        parts.append("nothing known among them: items were probably missed since the last poll")
    if response.downgraded:
        parts.append("redirected from https to http")
    return "; ".join(parts + warnings)
