from pathlib import Path

import pytest

from transforms.tag.topics.evaluate import figures
from transforms.tag.topics.labelled import CORE, labelled_texts


@pytest.mark.data
@pytest.mark.slow
def test_no_figure_is_below_its_floor(shared_data: Path) -> None:
    below = [f"{figure.name}: {figure.value:.3f}" for figure in figures(shared_data) if figure.value < figure.floor]
    assert not below


@pytest.mark.data
def test_the_labelled_texts_are_those_of_the_corpus(shared_data: Path) -> None:
    texts = list(labelled_texts(shared_data))
    assert len(texts) >= 400
    assert {slug for text in texts for slug in text.topics} <= set(CORE)
    assert sum(text.half == "held_back" for text in texts) >= 200
