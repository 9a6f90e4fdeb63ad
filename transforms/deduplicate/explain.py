"""Why two articles are one story or two: the pure core of `casewire explain`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from schemas.memory import Sketch
from transforms.deduplicate.compare import Comparison, compare
from transforms.deduplicate.features import Features
from transforms.deduplicate.figures import found_in
from transforms.deduplicate.verdict import SAME, Verdict, judge

NEAREST = 10
"""Articles explained beside one, most alike first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was compared, and what came of it."""

    article_id: str
    other_id: str
    other_story_id: str
    same_page: bool
    shared_keys: int
    """Keys under which the two meet; without one they are never compared."""
    apart: timedelta
    in_window: bool
    comparison: Comparison
    verdict: Verdict
    figures_common: list[float]
    figures_alone: list[float]
    """Figures that only the article has."""
    figures_other: list[float]
    """Figures that only the other has."""
    names_common: int
    names_alone: int
    names_other: int

    @property
    def joins(self) -> bool:
        """Whether the two are one story by this pair alone."""
        return self.same_page or (self.shared_keys > 0 and self.in_window and self.verdict in SAME)

    def lines(self) -> Iterator[str]:
        """The explanation in words, one fact a line."""
        pair = self.comparison
        yield f"{self.other_id} of story {self.other_story_id}: {'joins' if self.joins else 'stays apart'}"
        reason = "same page" if self.same_page else self.verdict
        yield f"  why: {reason if self.in_window else f'{self.apart} apart, more than the window'}"
        yield f"  keys in common: {self.shared_keys}"
        yield f"  text: {pair.containment:.0%} of the shorter in the longer, {pair.resemblance:.0%} the other way"
        yield f"  opening: {pair.opening:.0%} in common; headline: {pair.title:.0%} of one in the other"
        figures = (self.figures_common, self.figures_alone, self.figures_other)
        yield "  figures: {} in both; {} only here; {} only there".format(*map(_listed, figures))
        yield f"  names: {self.names_common} in both, {self.names_alone} only here, {self.names_other} only there"


def explain(article: Sketch, other: Sketch, window: timedelta) -> Explanation:
    """Explains a pair.

    Args:
        article: the article in question.
        other: what it may have joined.
        window: longest time between an article and one it copies.
    """
    one, two = Features.unpack(article.features), Features.unpack(other.features)
    comparison = compare(one, two)
    apart = abs(article.published_at - other.published_at)
    return Explanation(
        article_id=article.article_id,
        other_id=other.article_id,
        other_story_id=other.story_id,
        same_page=article.page is not None and article.page == other.page,
        shared_keys=len(set(article.keys) & set(other.keys)),
        apart=apart,
        in_window=apart <= window,
        comparison=comparison,
        verdict=judge(comparison),
        figures_common=[figure for figure in one.figures if found_in([figure], two.figures)],
        figures_alone=[figure for figure in one.figures if not found_in([figure], two.figures)],
        figures_other=[figure for figure in two.figures if not found_in([figure], one.figures)],
        names_common=len(one.names.members & two.names.members),
        names_alone=len(one.names.members - two.names.members),
        names_other=len(two.names.members - one.names.members),
    )


def nearest(article: Sketch, others: Iterable[Sketch], window: timedelta) -> list[Explanation]:
    """The articles that share a key with one, most alike first, at most `NEAREST`."""
    keys = set(article.keys)
    met = [
        explain(article, other, window)
        for other in others
        if other.article_id != article.article_id and not keys.isdisjoint(other.keys)
    ]
    return sorted(met, key=lambda pair: (not pair.joins, -pair.comparison.containment, pair.other_id))[:NEAREST]


def _listed(figures: list[float]) -> str:
    return ", ".join(f"{figure:,.6g}" for figure in figures) or "none"
