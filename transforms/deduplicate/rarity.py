"""How rare a word is: a table of document frequencies, hashed, fixed and shipped."""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

BUCKETS_BITS = 18
"""Words share 2^18 buckets: two of the 60,000 commonest collide rarely, and a collision only makes a word commoner."""

LEVELS_PER_NAT = 25.0
"""A table entry is this many times ln(documents / documents with the word)."""

_REMEMBERED = 200_000


class Rarity:
    """Hashes of words and their inverse document frequency."""

    def __init__(self) -> None:
        packed = files("transforms.deduplicate").joinpath("rarity.bin").read_bytes()
        self._table: NDArray[np.uint8] = np.frombuffer(packed, dtype=np.uint8)
        self._hashes: dict[str, int] = {}

    def hashes(self, words: list[str]) -> NDArray[np.uint64]:
        """A 64-bit hash per word."""
        known = self._hashes
        if len(known) > _REMEMBERED:
            known.clear()
        for word in words:
            if word not in known:
                known[word] = xxh3_64_intdigest(word.encode("utf-8", "replace"))
        return np.fromiter(map(known.__getitem__, words), dtype=np.uint64, count=len(words))

    def levels(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """How rare each word is, in steps of 1 / `LEVELS_PER_NAT` of the natural logarithm of its rarity."""
        return self._table[bucket(hashes)].astype(np.uint32)


def bucket(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The table's entry for each hash."""
    return hashes >> np.uint64(64 - BUCKETS_BITS)
