"""Keys: hashes under which an item meets those that may tell the same story."""

from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

SHINGLE = 4
"""Words of a shingle that makes a key."""
KEYS = 8
"""Smallest shingle hashes of the opening, and as many of the whole text, that become keys."""
OPENING = 60
"""Words of the opening."""

_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)


def text_keys(title: NDArray[np.uint64], body: NDArray[np.uint64]) -> set[int]:
    """Keys of hashed words: of the opening, of the whole body, and of the headline."""
    keys = _smallest(body[:OPENING]) | _smallest(body)
    if len(title) >= SHINGLE:
        keys.add(int(np.bitwise_xor.reduce(np.unique(title)) >> np.uint64(32)))
    return keys


def page_key(url: str) -> int | None:
    """The key of a page's address; None for a site's home page, which names no item."""
    parts = urlsplit(url)
    if parts.path in {"", "/"} and not parts.query:
        return None
    return xxh3_64_intdigest(f"page:{url}".encode("utf-8", "replace")) >> 1


def identity_key(article_id: str) -> int:
    """The key at which a revision meets the version before it."""
    return hash32(f"id:{article_id}")


def hash32(text: str) -> int:
    """A 32-bit hash."""
    return xxh3_64_intdigest(text.encode("utf-8", "replace")) >> 32


def shingles(words: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """A hash per run of `size` words, at most 4; none where there are fewer words."""
    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        mixed += words[place : place + count] * _MULTIPLIERS[place]
    # MurmurHash3's finaliser: without it the order of the hashes would follow single words.
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hashes in ascending order, each once; faster than `numpy.unique` on some hundred."""
    ordered = np.sort(hashes)
    return ordered[np.append(ordered[1:] != ordered[:-1], True)] if len(ordered) else ordered


def _smallest(words: NDArray[np.uint64]) -> set[int]:
    return set(distinct(shingles(words, SHINGLE) >> np.uint64(32))[:KEYS].tolist())
