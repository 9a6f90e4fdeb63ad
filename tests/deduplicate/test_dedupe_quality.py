"""Quality is a gate: no figure below its pinned floor."""

from collections import Counter
from pathlib import Path

import pytest

from schemas.flow import Placement
from transforms.deduplicate.corpora import LabelledPair, modern_pairs
from transforms.deduplicate.evaluate import figures, score
from transforms.deduplicate.place import lead


@pytest.mark.data
@pytest.mark.slow
def test_no_figure_has_fallen_below_its_floor(shared_data: Path) -> None:
    measured = figures(shared_data)
    assert [figure for figure in measured if figure.value < figure.floor] == []
    assert all(figure.floor > 0 for figure in measured), "a figure without a floor guards nothing"


def test_a_score_counts_pairs_that_share_a_story() -> None:
    places: dict[str, Placement] = {id_: lead(id_) for id_ in "acd"} | {"b": lead("a")}
    pairs = [
        LabelledPair("a", "b", "dup"),
        LabelledPair("a", "c", "dup"),
        LabelledPair("b", "a", "diff"),
        LabelledPair("c", "d", "diff"),
        LabelledPair("a", "b", "unsure"),
    ]
    found = score(pairs, places)
    assert (found.right, found.wrong, found.missed) == (1, 1, 1)
    assert (found.f1, found.precision) == (0.5, 0.5)


def test_the_labelled_pairs_are_enough_and_half_is_held_out() -> None:
    pairs = modern_pairs()
    assert len(pairs) >= 300
    assert len({(pair.stratum, frozenset((pair.one, pair.other))) for pair in pairs}) == len(pairs)
    held = Counter(pair.held for pair in pairs)
    assert 0.4 < held[True] / len(pairs) < 0.6
