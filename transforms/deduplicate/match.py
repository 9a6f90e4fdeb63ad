"""Matching under one key: which earlier articles a later one tells the same story as."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from schemas.flow import Candidate, Match
from schemas.memory import Sketch
from schemas.tables import Relation
from transforms.deduplicate.compare import compare
from transforms.deduplicate.features import Features, same_body
from transforms.deduplicate.verdict import SAME, judge, verbatim

WINDOW = timedelta(hours=72)
"""Time between two articles within which one can copy the other: 98 % of reruns of 1987 wires came within 48 h."""

OLDEST = 32
NEWEST = 32
"""A hot key keeps so many of its oldest and of its newest distinct texts within the window."""
COPIES = 8
"""Copies of those texts a key keeps: the newest."""

EXCERPT = 0.4
"""An article with less than this share of the words of the one it matches is an excerpt of it."""


@dataclass(frozen=True)
class _Kept:
    sketch: Sketch
    known: bool

    @cached_property
    def keys(self) -> frozenset[int]:
        return frozenset(self.sketch.keys)

    @cached_property
    def features(self) -> Features:
        return Features.unpack(self.sketch.features)

    @property
    def is_copy(self) -> bool:
        return self.known and self.sketch.story_id != self.sketch.article_id

    def is_past(self, now: datetime, window: timedelta) -> bool:
        return now - self.sketch.published_at > window


class KeyMatcher:
    """Takes the articles of one key one by one and tells what each matches among those before it.

    What it keeps is bounded, so a template sent ten thousand times costs no more an article than one sent a hundred
    times; of a text that comes again word for word the first is kept.
    """

    def __init__(self, key: int, window: timedelta) -> None:
        self._key = key
        self._window = window
        self._oldest: list[_Kept] = []
        self._newest: deque[_Kept] = deque(maxlen=NEWEST)
        self._copies: deque[_Kept] = deque(maxlen=COPIES)

    def match(self, candidate: Candidate) -> list[Match]:
        """Matches of an article with the kept ones, after which it is kept itself.

        Nothing is matched for an article that is already known.
        """
        article = _Kept(candidate.sketch, candidate.known)
        matches = [] if candidate.known else list(self._matches(article))
        self._keep(article, is_copy=bool(matches) or article.is_copy)
        return matches

    def _matches(self, article: _Kept) -> Iterator[Match]:
        for kept in (*self._oldest, *self._newest, *self._copies):
            if kept.sketch.article_id == article.sketch.article_id:
                continue
            # A pair that meets under several keys is compared under the smallest.
            if min(article.keys & kept.keys) == self._key and (match := _match_pair(article, kept, self._window)):
                yield match

    def _keep(self, article: _Kept, *, is_copy: bool) -> None:
        now = article.sketch.published_at
        if self._oldest and self._oldest[0].is_past(now, self._window):
            self._oldest = [kept for kept in self._oldest if not kept.is_past(now, self._window)]
        if is_copy:
            self._copies.append(article)
        elif any(same_body(kept.sketch.features, article.sketch.features) for kept in self._oldest):
            return
        elif len(self._oldest) < OLDEST:
            self._oldest.append(article)
        else:
            self._newest.append(article)


def match_group(key: int, candidates: Iterable[Candidate], window: timedelta) -> list[Match]:
    """All matches under one key, whatever the order of the candidates."""
    ordered = sorted(candidates, key=_turn)
    if len(ordered) < 2 or all(candidate.known for candidate in ordered):
        return []
    matcher = KeyMatcher(key, window)
    return [match for candidate in ordered for match in matcher.match(candidate)]


def _match_pair(article: _Kept, earlier: _Kept, window: timedelta) -> Match | None:
    """The match of a later article with an earlier one; None when they are different stories."""
    relation: Relation
    revises = article.sketch.previous_id == earlier.sketch.article_id
    if not revises and abs(article.sketch.published_at - earlier.sketch.published_at) > window:
        return None
    comparison = compare(article.features, earlier.features)
    same = judge(comparison) in SAME
    same_page = article.sketch.page is not None and article.sketch.page == earlier.sketch.page
    if revises:
        relation = "revision"
    elif same_page and (same or article.features.feed != earlier.features.feed):
        relation = "same_url"
    elif not same:
        return None
    elif article.features.words < EXCERPT * earlier.features.words:
        relation = "excerpt"
    else:
        relation = "copy"
    return Match(
        article_id=article.sketch.article_id,
        published_at=article.sketch.published_at,
        matched_article_id=earlier.sketch.article_id,
        matched_story_id=earlier.sketch.story_id if earlier.known else None,
        matched_verified=earlier.sketch.verified,
        relation=relation,
        similarity=comparison.similarity,
        verbatim=verbatim(comparison),
    )


def _turn(candidate: Candidate) -> tuple[bool, datetime, datetime, str]:
    sketch = candidate.sketch
    if candidate.known:
        return False, sketch.first_seen_at, sketch.published_at, sketch.article_id
    return True, sketch.published_at, sketch.published_at, sketch.article_id
