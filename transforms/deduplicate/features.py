"""What is kept of an item to compare it with others, packed into some hundred bytes.

Runs of three words are sampled by the smallest hashes (bottom-k, Cohen & Kaplan 2007): two texts keep the same runs, so
the share of one found in the other can be estimated from the samples alone, and exactly where both are short.
"""

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

import numpy as np

BODY_RUNS = 112
OPENING_RUNS = 38
TITLE_WORDS = 12
FIGURES = 32
NAMES = 32
"""Most that is kept of each."""

HASH_BITS = 20
WEIGHT_BITS = 4
"""A weighted hash has 24 bits; the lowest four say how rare what it stands for is, 1 to 15."""
_WEIGHT = (1 << WEIGHT_BITS) - 1
_EVERYTHING = 1 << (HASH_BITS + WEIGHT_BITS)

_DOUBT = 8
"""Weight of the run that is taken to be missing where a sample stands for a set."""

_HEADER = struct.Struct("<IHHBBBBBB?")
_WIDTH = 3
_BODY_SIZE = 8
"""Where the header says how many hashes of the body follow it."""


@dataclass(frozen=True)
class Sample:
    """The weighted hashes of a set that lie below a bound."""

    hashes: tuple[int, ...]
    """Ascending."""
    reach: int
    """The sample holds everything of the set that is below this."""

    @classmethod
    def of(cls, hashes: Sequence[int], size: int) -> "Sample":
        """The smallest of some ascending hashes."""
        kept = tuple(hashes[:size])
        return cls(kept, _EVERYTHING if len(kept) == len(hashes) else kept[-1] + 1)

    @cached_property
    def members(self) -> frozenset[int]:
        """The hashes, for membership."""
        return frozenset(self.hashes)

    def weight_below(self, bound: int) -> int:
        """Weight of what is below a bound within reach."""
        return self._sums[bisect_left(self.hashes, bound)]

    @cached_property
    def _sums(self) -> tuple[int, ...]:
        return tuple(accumulate((hashed & _WEIGHT for hashed in self.hashes), initial=0))


def shares(one: Sample, other: Sample) -> tuple[float, float]:
    """Share of the first set found in the second, and of the second in the first, by weight; 0 for an empty set.

    Where a sample stands for a set, the share is drawn towards 0, the more the less of the set is known.
    """
    reach = min(one.reach, other.reach)
    doubt = 0 if reach == _EVERYTHING else _DOUBT
    common = sum(hashed & _WEIGHT for hashed in one.members & other.members if hashed < reach)
    of_one, of_other = one.weight_below(reach) + doubt, other.weight_below(reach) + doubt
    return (common / of_one if of_one else 0.0), (common / of_other if of_other else 0.0)


def alone(one: Sample, other: Sample) -> tuple[int, int, int]:
    """Hashes that only the first has, that only the second has, and all of the poorer one, within both reaches."""
    reach = min(one.reach, other.reach)
    common = sum(hashed < reach for hashed in one.members & other.members)
    of_one, of_other = bisect_left(one.hashes, reach), bisect_left(other.hashes, reach)
    return of_one - common, of_other - common, min(of_one, of_other)


@dataclass(frozen=True)
class Features:
    """An item as the verification sees it."""

    feed: int
    """Hash of the feed."""
    words: int
    """Words of the body."""
    runs: int
    """Distinct runs of three words of the body's own words, quotations left out."""
    body: Sample
    opening: Sample
    """Runs of the first words of the body."""
    title: Sample
    """Words of the headline."""
    figures: tuple[float, ...]
    """Values in headline and body, those of the headline first."""
    names: Sample
    """Rare capitalised words of the body."""
    digest: bool
    """Whether the headline says that it gathers several stories."""

    def pack(self) -> bytes:
        """The bytes that `unpack` reads."""
        samples = (self.body, self.opening, self.title, self.names)
        complete = sum(1 << place for place, sample in enumerate(samples) if sample.reach == _EVERYTHING)
        header = _HEADER.pack(
            self.feed,
            min(self.words, 0xFFFF),
            min(self.runs, 0xFFFF),
            *(len(sample.hashes) for sample in samples),
            len(self.figures),
            complete,
            self.digest,
        )
        hashes = _pack_hashes([hashed for sample in samples for hashed in sample.hashes])
        return header + hashes + struct.pack(f"<{len(self.figures)}f", *self.figures)

    @classmethod
    def unpack(cls, packed: bytes) -> "Features":
        """What `pack` packed."""
        feed, words, runs, *sizes, figures, complete, digest = _HEADER.unpack_from(packed)
        figures_at = _HEADER.size + _WIDTH * sum(sizes)
        hashes = iter(_unpack_hashes(packed[_HEADER.size : figures_at]))
        body, opening, title, names = (
            _sample(tuple(islice(hashes, size)), complete >> place & 1) for place, size in enumerate(sizes)
        )
        return cls(
            feed=feed,
            words=words,
            runs=runs,
            body=body,
            opening=opening,
            title=title,
            figures=struct.unpack_from(f"<{figures}f", packed, figures_at),
            names=names,
            digest=digest,
        )


def same_body(packed: bytes, other: bytes) -> bool:
    """Whether two packed items have the same body, word for word as far as sampled; False without one."""
    return packed[_BODY_SIZE] == other[_BODY_SIZE] > 0 and packed[_body(packed)] == other[_body(other)]


def _body(packed: bytes) -> slice:
    return slice(_HEADER.size, _HEADER.size + _WIDTH * packed[_BODY_SIZE])


def _sample(hashes: tuple[int, ...], complete: int) -> Sample:
    return Sample(hashes, _EVERYTHING if complete else hashes[-1] + 1)


def _pack_hashes(hashes: Sequence[int]) -> bytes:
    return np.array(hashes, dtype="<u4").view(np.uint8).reshape(-1, 4)[:, :_WIDTH].tobytes()


def _unpack_hashes(packed: bytes) -> list[int]:
    padded = np.zeros((len(packed) // _WIDTH, 4), dtype=np.uint8)
    padded[:, :_WIDTH] = np.frombuffer(packed, dtype=np.uint8).reshape(-1, _WIDTH)
    hashes: list[int] = padded.view("<u4").ravel().tolist()
    return hashes
