"""Item to sketch: its features, and the keys under which it meets items that may tell the same story."""

import re
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from schemas.flow import Item
from schemas.memory import Sketch
from transforms.deduplicate.features import FIGURES, NAMES, SAMPLE, TITLE_WORDS, WEIGHT_BITS, Features
from transforms.deduplicate.figures import figures
from transforms.deduplicate.keys import hash32, identity_key, page_key, shingles, text_keys
from transforms.deduplicate.names import names
from transforms.deduplicate.rarity import Rarity
from transforms.deduplicate.words import Words, own_words

_HEAVIEST = (1 << WEIGHT_BITS) - 1
_FULL_WEIGHT = 14.0
"""Two words whose inverse document frequencies (nats) add up to this weigh the most."""
_DIGEST = re.compile(
    r"\b(?:round-?up|digest|briefing|live (?:updates?|blog)|as it happened|news in brief|at a glance"
    r"|(?:top|today'?s) (?:\w+ )?(?:headlines|stories)|what (?:we|you need to) know today|week in review"
    r"|morning (?:report|edition|bulletin)|newsletter|things to know today|news summary)\b",
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
        title = self._rarity.hashes(words.title_words)
        body = self._rarity.hashes(words.body_words)
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
            features=self._features(item.feed_id, words, title, body).pack(),
        )

    def _features(self, feed_id: str, words: Words, title: NDArray[np.uint64], body: NDArray[np.uint64]) -> Features:
        body_idf = self._rarity.idf(body)
        pairs = _weighted(shingles(body, 2), body_idf[:-1] + body_idf[1:])
        title_words = _weighted(title, 2 * self._rarity.idf(title))
        return Features(
            feed=hash32(f"feed:{feed_id}"),
            body_words=len(body),
            pairs=len(pairs),
            sample=tuple(pairs[:SAMPLE].tolist()),
            title=tuple(title_words[:TITLE_WORDS].tolist()),
            figures=tuple(figures(words.body or words.title, FIGURES)),
            names=tuple(hash32(name) & 0xFFFF for name in names(words.body, NAMES)),
            digest=bool(_DIGEST.search(words.title)),
        )


def _weighted(hashes: NDArray[np.uint64], idf: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Distinct hashes, ascending, with their weight in the lowest bits; what weighs nothing is left out."""
    weights = np.clip(np.rint(idf * (_HEAVIEST / _FULL_WEIGHT)), 0, _HEAVIEST).astype(np.uint64)
    high = (hashes >> np.uint64(32 + WEIGHT_BITS)) << np.uint64(WEIGHT_BITS)
    return np.unique((high | weights)[weights > 0].astype(np.uint32))


def moment(item: Item) -> datetime:
    """When the item was published, or first seen where its date says nothing."""
    return item.published_at if item.date_quality in _TRUSTED_DATES else item.first_seen_at
