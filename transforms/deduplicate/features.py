"""What is kept of an item to compare it with others: samples of word pairs, figures, names and headline, packed."""

import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

SAMPLE = 96
"""Word pairs kept of a text: those with the smallest hashes, so that two texts keep the same ones."""
FIGURES = 24
NAMES = 24
TITLE_WORDS = 16

WEIGHT_BITS = 4
"""Lowest bits of a sampled hash: how rare what it stands for is, 1 to 15."""
_WEIGHT = (1 << WEIGHT_BITS) - 1
_ALL = 1 << 32

_HEADER = struct.Struct("<IHHBBBB?")


@dataclass(frozen=True)
class Features:
    """An item as the verification sees it."""

    feed: int
    """Hash of the feed."""
    body_words: int
    pairs: int
    """Distinct word pairs of the body, of which `sample` holds at most `SAMPLE`."""
    sample: tuple[int, ...]
    """Hashes of word pairs of the body, ascending."""
    title: tuple[int, ...]
    """Hashes of the words of the headline."""
    figures: tuple[float, ...]
    """Values named in the body, or in the headline where there is no body."""
    names: tuple[int, ...]
    """Hashes of capitalised words."""
    digest: bool
    """Whether it gathers several stories: a round-up, a briefing, a live blog."""

    @cached_property
    def reach(self) -> int:
        """The sample holds every word pair of the body whose hash is below this."""
        return _ALL if self.pairs <= len(self.sample) else self.sample[-1] + 1

    @cached_property
    def sample_set(self) -> frozenset[int]:
        """The sample, for membership."""
        return frozenset(self.sample)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """Weight of the first n sampled pairs, for n from 0."""
        return tuple(accumulate((weight(pair) for pair in self.sample), initial=0))

    def pack(self) -> bytes:
        """The bytes `unpack` reads."""
        header = _HEADER.pack(
            self.feed,
            min(self.body_words, 0xFFFF),
            min(self.pairs, 0xFFFF),
            len(self.sample),
            len(self.title),
            len(self.figures),
            len(self.names),
            self.digest,
        )
        return header + struct.pack(self._layout(), *self.sample, *self.title, *self.figures, *self.names)

    @classmethod
    def unpack(cls, packed: bytes) -> "Features":
        """What `pack` packed."""
        feed, body_words, pairs, *counts, digest = _HEADER.unpack_from(packed)
        sample, title, figures, names = counts
        values = struct.unpack_from(f"<{sample + title}I{figures}d{names}H", packed, _HEADER.size)
        ends = list(accumulate(counts))
        return cls(
            feed=feed,
            body_words=body_words,
            pairs=pairs,
            sample=values[: ends[0]],
            title=values[ends[0] : ends[1]],
            figures=values[ends[1] : ends[2]],
            names=values[ends[2] :],
            digest=digest,
        )

    def _layout(self) -> str:
        return f"<{len(self.sample) + len(self.title)}I{len(self.figures)}d{len(self.names)}H"


def weight(hashed: int) -> int:
    """How rare what a sampled hash stands for is."""
    return hashed & _WEIGHT
