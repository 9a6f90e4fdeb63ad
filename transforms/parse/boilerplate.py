"""Blocks of text that belong to the site and not to the story."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from schemas.memory import RepeatedBlock
from transforms.parse.hashing import signed_hash
from transforms.parse.text import blocks, one_line

CAPACITY = 512
"""Blocks remembered of one feed."""

RECURS_IN = 5
"""Items with the same block below which it may still be the editor's: a heading, an answer in an interview."""

_MEMORY = 400
"""Items after which the counts are halved, so that a block no longer used is forgotten."""
_LONGEST = 400
_ALWAYS = re.compile(
    r"(?:advertisement|advertising|bookmark|sponsored|scroll to top|back to top|share this(?: article| story)?"
    r"|listen to this article.{0,30}"
    r"|(?:click here to )?(?:sign up|subscribe)(?: now)?(?: (?:for|to) our (?:free )?(?:daily |weekly )?newsletters?)?"
    r"|(?:set|add) .{1,40} as (?:your|a) preferred source(?: on google)?"
    r"|follow (?:us|.{1,40}) on (?:x|twitter|facebook|instagram|telegram|whatsapp|google news|linkedin|youtube).{0,60}"
    r"|read more|continue reading|read the (?:full|original) (?:story|article)"
    r"|(?:story|article) continues(?: (?:below|after))?(?: (?:this |the )?(?:ad|advertisement))?"
    r"|the post .{1,300} (?:appeared first|first appeared) on .{1,100}"
    r"|(?:copyright )?(?:©|\(c\)|copyright) .{0,120}(?:all rights reserved|\d{4}).{0,80})[.:!→»\s\u2026]*",
    re.IGNORECASE,
)


def block_hash(block: str) -> int:
    """The hash of a block, signed 64-bit; blanks and case do not count."""
    return signed_hash(one_line(block.casefold()))


_EVERY_ITEM = block_hash("")


def learn(known: Sequence[RepeatedBlock], texts: Iterable[str]) -> list[RepeatedBlock]:
    """What is known of a feed's blocks after some new items.

    Args:
        known: what was known before.
        texts: plain texts of items not counted before.

    Returns:
        The most frequent blocks, at most `CAPACITY`, most frequent first; among equals the ones seen last. The first
        is the empty block, which every item has: it counts the items.
    """
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update({_EVERY_ITEM, *(block_hash(block) for block in blocks(text) if len(block) <= _LONGEST)})
    before = {block.hash: block.items for block in known}
    counts = {hash_: before.get(hash_, 0) + items for hash_, items in seen.items()}
    counts |= {hash_: items for hash_, items in before.items() if hash_ not in counts}
    if counts.get(_EVERY_ITEM, 0) > _MEMORY:
        counts = {hash_: items // 2 for hash_, items in counts.items() if items > 1}
    kept = sorted(counts.items(), key=lambda block: -block[1])[:CAPACITY]
    return [RepeatedBlock(hash=hash_, items=items) for hash_, items in kept]


def recurring(known: Iterable[RepeatedBlock]) -> list[int]:
    """Hashes of the blocks that most items have; what goes into `Entry.boilerplate`."""
    counts = {block.hash: block.items for block in known}
    items = counts.pop(_EVERY_ITEM, 0)
    return [hash_ for hash_, count in counts.items() if count >= RECURS_IN and 2 * count > items]


def strip_boilerplate(text: str, recurring: Iterable[int] = ()) -> str:
    """The text without blocks that are the site's; the text itself where nothing else would be left."""
    hashes = frozenset(recurring)
    kept = [line for line in text.split("\n") if not line or not _is_boilerplate(line, hashes)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() or text


def _is_boilerplate(block: str, recurring: frozenset[int]) -> bool:
    return bool(len(block) <= _LONGEST and (_ALWAYS.fullmatch(block) or (recurring and block_hash(block) in recurring)))
