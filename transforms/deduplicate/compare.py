"""What two items have in common, as shares that a reader can check."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.deduplicate.features import Features, alone, shares
from transforms.deduplicate.figures import found_in

_SLIP = 0.5
"""What a misspelling, or a figure corrected, takes off a count of differences."""
_MANY_FIGURES = 7
"""Where there are fewer, each of them is the news."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two items have in common; shares are 0 to 1, weighted by rarity where they count words."""

    words: int
    """Words of the shorter body."""
    containment: float
    """Share of the shorter body's runs of three words that the longer has, quotations left out."""
    resemblance: float
    """Share of the longer body's runs that the shorter has."""
    opening: float
    """Share of one opening found in the other: the larger of the two shares."""
    lede: float
    """Share of the longer body's opening found in the shorter body."""
    title: float
    """Share of one headline's words found in the other: the larger of the two shares."""
    same_title: float
    """The smaller of the two."""
    title_words: int
    """Words of the shorter headline."""
    figures_differ: float
    """Share of figures that each has alone, of those the poorer has at all."""
    names_differ: float
    """Share of names that each has alone, of those the poorer has at all."""
    digest: bool
    """Whether one, and one only, gathers several stories."""
    same_feed: bool

    @property
    def similarity(self) -> float:
        """What the tables call similarity."""
        return self.containment if self.words else self.same_title


def compare(one: Features, other: Features) -> Comparison:
    """Compares two items; the order does not matter."""
    shorter, longer = sorted((one, other), key=lambda item: (item.runs, item.words, item.body.hashes))
    containment, resemblance = shares(shorter.body, longer.body)
    # Of a summary the sample of a long text knows a few runs only, its opening all.
    in_opening, lede = shares(shorter.body, longer.opening)
    containment = max(containment, in_opening)
    titles = shares(shorter.title, longer.title)
    return Comparison(
        words=shorter.words,
        containment=containment,
        resemblance=resemblance,
        opening=max(shares(shorter.opening, longer.opening)),
        lede=lede,
        title=max(titles),
        same_title=min(titles),
        title_words=min(len(shorter.title.hashes), len(longer.title.hashes)),
        figures_differ=_figures_differ(shorter.figures, longer.figures),
        names_differ=_differ(*alone(shorter.names, longer.names), _SLIP),
        digest=one.digest != other.digest,
        same_feed=one.feed == other.feed,
    )


def _figures_differ(one: Sequence[float], other: Sequence[float]) -> float:
    one_alone, other_alone = len(one) - found_in(one, other), len(other) - found_in(other, one)
    fewest = min(len(one), len(other))
    return _differ(one_alone, other_alone, fewest, _SLIP if fewest >= _MANY_FIGURES else 0.0)


def _differ(one_alone: int, other_alone: int, fewest: int, slip: float) -> float:
    """Only what both have alone counts: a text cut short contradicts nothing."""
    return max(0.0, min(one_alone, other_alone) - slip) / (fewest + 1)
