"""The verification of a pair: whether two items are the same wire story, and the facts that say so."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.deduplicate.features import Features, weight
from transforms.deduplicate.figures import found_in

SHORT = 60
"""Words of body below which an item is a headline with a summary."""

CONTAINED = 0.55
FIGURES_AGREE = 0.75
NAMES_AGREE = 0.5
VERBATIM = 0.85
SAME_TITLE = 0.8
EXCERPT = 0.4
"""Share of the longer text's words below which the shorter is an excerpt of it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two items have in common; shares are 0 to 1, None where there is nothing to compare."""

    containment: float
    """Share of the shorter body's word pairs, weighted by rarity, that the longer has."""
    resemblance: float
    """Share of the longer body's word pairs, weighted by rarity, that the shorter has."""
    title: float | None
    """Share of the headline words, weighted by rarity, common to both."""
    figures: float | None
    """Share of the shorter text's figures that the longer gives."""
    names: float | None
    """Share of the shorter text's names that the longer gives."""
    length_ratio: float
    """Words of the shorter body to those of the longer."""
    short: bool
    """Whether the shorter body is a summary at most."""
    same: bool
    """The verdict: the same wire story."""

    @property
    def verbatim(self) -> bool:
        """Whether the two are so alike that what holds for one holds for the other."""
        return self.same and min(self.containment, self.resemblance) >= VERBATIM and (self.figures or 1.0) >= VERBATIM

    @property
    def similarity(self) -> float:
        """What the tables call similarity."""
        return self.containment if self.length_ratio else self.title or 0.0


def compare(one: Features, other: Features) -> Comparison:
    """Compares two items; the order does not matter."""
    shorter, longer = sorted((one, other), key=lambda item: (item.pairs, item.body_words, item.sample))
    containment, resemblance = _containment(shorter, longer)
    title = _overlap(shorter.title, longer.title)
    figures = _share(found_in(shorter.figures, longer.figures), shorter.figures)
    names = _share(len(set(shorter.names) & set(longer.names)), shorter.names)
    ratio = shorter.body_words / longer.body_words if longer.body_words else 0.0
    short = shorter.body_words < SHORT
    same = (
        _same_short(shorter, containment, title, figures, names)
        if short
        else containment >= CONTAINED and _agrees(figures, FIGURES_AGREE) and _agrees(names, NAMES_AGREE)
    )
    if one.digest != other.digest:
        same = same and resemblance >= CONTAINED
    return Comparison(containment, resemblance, title, figures, names, ratio, short, same)


def _same_short(
    shorter: Features, containment: float, title: float | None, figures: float | None, names: float | None
) -> bool:
    if not shorter.body_words:
        return _agrees(title, SAME_TITLE) and _agrees(figures, 1.0) and len(shorter.title) >= 4
    return (
        containment >= CONTAINED
        and _agrees(figures, FIGURES_AGREE)
        and _agrees(names, NAMES_AGREE)
        and (title is None or containment >= VERBATIM or title >= 0.2)
    )


def _agrees(share: float | None, least: float) -> bool:
    return share is None or share >= least


def _containment(shorter: Features, longer: Features) -> tuple[float, float]:
    """Estimated over the hashes that both samples cover."""
    reach = min(shorter.reach, longer.reach)
    common = sum(weight(pair) for pair in shorter.sample_set & longer.sample_set if pair < reach)
    of_shorter = shorter.weights[bisect_left(shorter.sample, reach)]
    of_longer = longer.weights[bisect_left(longer.sample, reach)]
    return (common / of_shorter if of_shorter else 0.0, common / of_longer if of_longer else 0.0)


def _overlap(one: Sequence[int], other: Sequence[int]) -> float | None:
    if not one or not other:
        return None
    common = sum(map(weight, set(one) & set(other)))
    return common / max(1, min(sum(map(weight, one)), sum(map(weight, other))))


def _share(found: int, wanted: Sequence[float]) -> float | None:
    return found / len(wanted) if wanted else None
