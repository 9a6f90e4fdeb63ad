from pathlib import Path

import pytest
import spacy

from transforms.tag.entities.evaluate import figures, marked_stories, own_documents
from transforms.tag.entities.labelled import read_marked


def test_no_figure_falls_below_its_floor(tmp_path: Path) -> None:
    measured = figures(tmp_path)  # no corpora there: the project's own copy alone
    assert measured
    assert [f"{f.name}: {f.value:.3f} < {f.floor}" for f in measured if f.value < f.floor] == []
    assert all(f.floor > 0 for f in measured)


@pytest.mark.data
@pytest.mark.slow
def test_no_figure_on_world_newspapers_falls_below_its_floor(shared_data: Path) -> None:
    measured = [f for f in figures(shared_data) if f.name.startswith("worldwide")]
    assert [f"{f.name}: {f.value:.3f} < {f.floor}" for f in measured if f.value < f.floor] == []


def test_marks_are_read_with_their_offsets() -> None:
    text, spans = read_marked("[PERSON Lee Do-hoon] left [GPE Moscow].")
    assert text == "Lee Do-hoon left Moscow."
    assert [(text[s:e], label) for s, e, label in spans] == [("Lee Do-hoon", "PERSON"), ("Moscow", "GPE")]


def test_stories_carry_their_countries() -> None:
    stories = list(marked_stories("# says nothing\n\n= RU KR\n[GPE Moscow] and\n[GPE Seoul]\n\n= JP\nTokyo\n"))
    assert [s.countries for s in stories] == [{"RU", "KR"}, {"JP"}]
    assert stories[0].text == "Moscow and\nSeoul"


def test_every_mark_of_the_evaluation_copy_fits_the_tokens() -> None:
    assert len(own_documents(spacy.blank("en"))) >= 50
