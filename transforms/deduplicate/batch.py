"""The whole deduplication of one batch, without Beam: what the pipeline computes, for evaluation and tests."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from schemas.flow import Candidate, Placement
from schemas.memory import Sketch
from transforms.deduplicate.match import match_group
from transforms.deduplicate.place import lead
from transforms.deduplicate.resolve import resolve


def place_batch(new: Iterable[Sketch], known: Iterable[Sketch], window: timedelta) -> dict[str, Placement]:
    """The place of every new article, by its id.

    Args:
        new: sketches of the batch.
        known: sketches that earlier batches placed.
        window: longest time between an article and one it copies.
    """
    candidates = [Candidate(sketch=sketch, known=False) for sketch in new]
    places = {candidate.sketch.article_id: lead(candidate.sketch.article_id) for candidate in candidates}
    candidates += [Candidate(sketch=sketch, known=True) for sketch in known]
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for key in candidate.sketch.keys:
            groups[key].append(candidate)
    matches = [match for key, group in groups.items() if len(group) > 1 for match in match_group(key, group, window)]
    return places | {placement.article_id: placement for placement in resolve(matches)}
