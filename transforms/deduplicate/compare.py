"""The verification of a pair: whether two items are the same wire story, and the facts that say so.

The thresholds were set on half of the labelled pairs (benchmarks/labels); the other half is what `evaluate` quotes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.deduplicate.features import Features, alone, shares
from transforms.deduplicate.figures import found_in

SHORT = 60
"""Words below which a body is a summary, and its item short."""

_SENTENCE = 20
"""Words below which a body may be a phrase that many reports have."""
_SLIP = 0.5
"""What a misspelling, or a figure corrected, takes off a count of differences."""
_MANY_FIGURES = 7
"""Where there are fewer, each of them is the news."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two items have in common; shares are 0 to 1, by rarity where they count words."""

    containment: float
    """Share of the shorter body's runs of three words that the longer has, quotations left out."""
    resemblance: float
    """Share of the longer body's runs that the shorter has."""
    opening: float
    """Share of one opening found in the other: the larger of the two shares."""
    title: float
    """Share of one headline's words found in the other: the larger of the two shares."""
    same_title: float
    """The smaller of the two."""
    figures_differ: float
    """Share of figures that either has alone; counts only where both have such."""
    names_differ: float
    """Share of names that either has alone; counts only where both have such."""
    words: int
    """Words of the shorter body."""
    digest: bool
    """Whether one, and one only, gathers several stories."""

    @property
    def same(self) -> bool:
        """The verdict: the same wire story."""
        if not self.words:
            return self._same_headline()
        if self.digest and self.resemblance < 0.5:
            return False
        if self.words < SHORT:
            return self._same_short()
        return self._same_text() and self.figures_differ <= 0.13 and self.names_differ <= 0.25

    @property
    def verbatim(self) -> bool:
        """Whether the two are so alike that what was verified for one holds for the other."""
        return self.same and min(self.containment, self.resemblance) >= 0.85 and not self.figures_differ

    @property
    def similarity(self) -> float:
        """What the tables call similarity."""
        return self.containment if self.words else self.same_title

    def _same_text(self) -> bool:
        if self.containment >= 0.8:
            # What quotes a story, or gathers it with others, has an opening and a headline of its own.
            return self.resemblance >= 0.5 or self.opening >= 0.4 or self.title >= 0.5
        if self.opening >= 0.7 and self.resemblance >= 0.4:
            return self.containment >= 0.5
        return self.containment >= 0.5 and self.title >= 0.5 and self.opening >= 0.35

    def _same_short(self) -> bool:
        edited = self.containment >= 0.5 and self.containment + self.resemblance >= 1.02 and self.title >= 0.4
        whole = self.containment >= 0.85 and (
            self.resemblance >= 0.5 or self.title >= 0.5 or (self.opening >= 0.4 and self.words >= _SENTENCE)
        )
        headed = self.containment >= 0.6 and self.same_title >= 0.9
        return (edited or whole or headed) and self.figures_differ <= 0.13 and self.names_differ <= 0.2

    def _same_headline(self) -> bool:
        return self.same_title >= 0.9 and not self.figures_differ


def compare(one: Features, other: Features) -> Comparison:
    """Compares two items; the order does not matter."""
    shorter, longer = sorted((one, other), key=lambda item: (item.runs, item.words, item.body.hashes))
    containment, resemblance = shares(shorter.body, longer.body)
    titles = shares(shorter.title, longer.title)
    return Comparison(
        containment=containment,
        resemblance=resemblance,
        opening=max(shares(shorter.opening, longer.opening)),
        title=max(titles),
        same_title=min(titles),
        figures_differ=_figures_differ(shorter.figures, longer.figures),
        names_differ=_conflict(*alone(shorter.names, longer.names)),
        words=shorter.words,
        digest=one.digest != other.digest,
    )


def _figures_differ(one: Sequence[float], other: Sequence[float]) -> float:
    fewest = min(len(one), len(other))
    one_alone, other_alone = len(one) - found_in(one, other), len(other) - found_in(other, one)
    return _conflict(one_alone, other_alone, fewest, _SLIP if fewest >= _MANY_FIGURES else 0.0)


def _conflict(one_alone: int, other_alone: int, fewest: int, slip: float = _SLIP) -> float:
    """What each has alone, against what the poorer of the two has at all: a text cut short contradicts nothing."""
    return max(0.0, min(one_alone, other_alone) - slip) / (fewest + 1)
