"""Which hits of a topic count when they overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.tables import Evidence
from transforms.tag.topics.lexicon import Kind, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule of a topic matched."""

    evidence: Evidence
    weight: float
    tags: bool
    """Whether it may tag; otherwise it only supports."""

    def rank(self) -> tuple[float, bool, int, int]:
        """Sorts the strongest first: by weight, then title before text, then in reading order."""
        return -self.weight, self.evidence.field == "text", self.evidence.start, -self.evidence.end


def without_excluded(candidates: Sequence[tuple[Kind, str, Span]]) -> list[tuple[Kind, str, Span]]:
    """The candidates that no exclusion overlaps."""
    excluded = [span for kind, _, span in candidates if kind == "excludes"]
    return [
        (kind, name, span)
        for kind, name, span in candidates
        if kind != "excludes" and not any(span[0] < end and start < span[1] for start, end in excluded)
    ]


def strongest(hits: Sequence[Hit]) -> list[Hit]:
    """Of hits that overlap, the heaviest, then the longest: one place in a text speaks once for a topic."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_precedence):
        here = hit.evidence
        if not any(
            here.field == other.evidence.field and here.start < other.evidence.end and other.evidence.start < here.end
            for other in kept
        ):
            kept.append(hit)
    return kept


def _precedence(hit: Hit) -> tuple[float, int, int]:
    return -hit.weight, hit.evidence.start - hit.evidence.end, hit.evidence.start
