"""Item to sketch: its features, and the keys under which it meets items that may tell the same story."""

import re
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from schemas.flow import Item
from schemas.memory import Sketch
from transforms.deduplicate.features import (
    BODY_RUNS,
    FIGURES,
    HASH_BITS,
    NAMES,
    OPENING_RUNS,
    TITLE_WORDS,
    WEIGHT_BITS,
    Features,
    Sample,
)
from transforms.deduplicate.figures import figures
from transforms.deduplicate.keys import hash32, identity_key, page_key, shingles, text_keys
from transforms.deduplicate.names import capitalised
from transforms.deduplicate.rarity import Rarity
from transforms.deduplicate.words import Words, own_words

_HEAVIEST = (1 << WEIGHT_BITS) - 1
_FULL_WEIGHT = 7.0
"""Inverse document frequency, in nats, of what weighs the most."""
_NAME_IDF = 3.0
"""A capitalised word that 5 % of all texts have opens sentences, or names nobody in particular."""
OPENING = 40
"""Words of the opening."""
_DIGEST = re.compile(
    r"\b(?:(?:news|morning|evening|daily|weekly|nightly|world|business|sports?|markets?|today'?s) "
    r"(?:round-?up|digest|briefing|bulletin|edition|highlights|summary)"
    r"|(?:top|today'?s) (?:\w+ )?(?:headlines|stories)|what you need to know today|things to know(?: today| this)?"
    r"|live (?:updates?|blog)|as it happened|in brief|at a glance|(?:week|day) in review|newsletter)\b"
    r"|^(?:round-?up|digest|briefing|highlights)\b|\b(?:digest|highlights|round-?up|headlines)(?:$|:)",
    re.IGNORECASE,
)
_TRUSTED_DATES = frozenset({"exact", "naive", "date_only", "updated", "feed"})


class Sketcher:
    """Makes sketches; holds the rarity table."""

    def __init__(self) -> None:
        self._rarity = Rarity()

    def sketch(self, item: Item) -> Sketch:
        """The sketch of an item that has no story yet but its own."""
        words = own_words(item)
        title = self._rarity.hashes(words.title)
        body = self._rarity.hashes(words.body)
        page = page_key(item.canonical_url) if item.canonical_url and not item.opaque_url else None
        keys = text_keys(title, body) | {identity_key(item.article_id)}
        if item.previous_id:
            keys.add(identity_key(item.previous_id))
        if page is not None:
            keys.add(page)
        return Sketch(
            article_id=item.article_id,
            story_id=item.article_id,
            previous_id=item.previous_id,
            page=page,
            verified=True,
            published_at=moment(item),
            first_seen_at=item.first_seen_at,
            keys=sorted(keys),
            features=self._features(item, words, title, body).pack(),
        )

    def _features(self, item: Item, words: Words, title: NDArray[np.uint64], body: NDArray[np.uint64]) -> Features:
        told = body if words.told is words.body else self._rarity.hashes(words.told)
        runs = self._runs(told)
        return Features(
            feed=hash32(f"feed:{item.feed_id}"),
            words=len(body),
            runs=len(runs),
            body=Sample.of(runs, BODY_RUNS),
            opening=Sample.of(self._runs(body[:OPENING]), OPENING_RUNS),
            title=Sample.of(_weighted(title, self._rarity.idf(title)), TITLE_WORDS),
            figures=tuple(figures([*words.title, *words.body], FIGURES)),
            names=Sample.of(self._names(words.text), NAMES),
            digest=bool(_DIGEST.search(item.title)),
        )

    def _runs(self, words: NDArray[np.uint64]) -> list[int]:
        idf = self._rarity.idf(words)
        return _weighted(shingles(words, 3), (idf[:-2] + idf[1:-1] + idf[2:]) / 3)

    def _names(self, text: str) -> list[int]:
        words = self._rarity.hashes(capitalised(text))
        idf = self._rarity.idf(words)
        rare = idf >= _NAME_IDF
        return _weighted(words[rare], idf[rare])


def _weighted(hashes: NDArray[np.uint64], idf: NDArray[np.float64]) -> list[int]:
    """Distinct hashes, ascending, with their weight in the lowest bits; what weighs nothing is left out."""
    weights = np.clip(np.rint(idf * (_HEAVIEST / _FULL_WEIGHT)), 0, _HEAVIEST).astype(np.uint64)
    high = (hashes >> np.uint64(64 - HASH_BITS)) << np.uint64(WEIGHT_BITS)
    distinct: list[int] = np.unique((high | weights)[weights > 0]).tolist()
    return distinct


def moment(item: Item) -> datetime:
    """When the item was published, or first seen where its date says nothing."""
    return item.published_at if item.date_quality in _TRUSTED_DATES else item.first_seen_at
