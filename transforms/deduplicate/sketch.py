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
from transforms.deduplicate.keys import distinct, hash32, identity_key, page_key, shingles, text_keys
from transforms.deduplicate.names import capitalised
from transforms.deduplicate.rarity import LEVELS_PER_NAT, Rarity
from transforms.deduplicate.words import Words, own_words

_HEAVIEST = (1 << WEIGHT_BITS) - 1
_FULL_LEVEL = round(7.0 * LEVELS_PER_NAT)
"""What is this rare weighs the most: one document in 1,100 has it."""
_NAME_LEVEL = round(3.0 * LEVELS_PER_NAT)
"""A capitalised word that more than 5 % of all texts have opens sentences, or names nobody in particular."""
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
        in_order = self._runs(body)
        told = in_order if words.told is words.body else self._runs(self._rarity.hashes(words.told))
        runs = _sampled(told)
        return Features(
            feed=hash32(f"feed:{item.feed_id}"),
            words=len(body),
            runs=len(runs),
            body=Sample.of(runs, BODY_RUNS),
            opening=Sample.of(_sampled(in_order[:OPENING_RUNS]), OPENING_RUNS),
            title=Sample.of(_sampled(_weighted(title, self._rarity.levels(title))), TITLE_WORDS),
            names=Sample.of(self._names(words.text), NAMES),
            figures=tuple(figures([*words.title, *words.body], FIGURES)),
            digest=bool(_DIGEST.search(item.title)),
        )

    def _runs(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Runs of three words, in order."""
        levels = self._rarity.levels(words)
        return _weighted(shingles(words, 3), (levels[:-2] + levels[1:-1] + levels[2:]) // 3)

    def _names(self, text: str) -> list[int]:
        words = self._rarity.hashes(capitalised(text))
        levels = self._rarity.levels(words)
        rare = levels >= _NAME_LEVEL
        return _sampled(_weighted(words[rare], levels[rare]))


def _weighted(hashes: NDArray[np.uint64], levels: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Hashes with their weight in the lowest bits."""
    weights = np.minimum(levels * _HEAVIEST // _FULL_LEVEL, _HEAVIEST).astype(np.uint64)
    return (hashes >> np.uint64(64 - HASH_BITS)) << np.uint64(WEIGHT_BITS) | weights


def _sampled(weighted: NDArray[np.uint64]) -> list[int]:
    """Weighted hashes, ascending, each once; what weighs nothing is left out."""
    ordered: list[int] = distinct(weighted[weighted & np.uint64(_HEAVIEST) > 0]).tolist()
    return ordered


def moment(item: Item) -> datetime:
    """When the item was published, or first seen where its date says nothing."""
    return item.published_at if item.date_quality in _TRUSTED_DATES else item.first_seen_at
