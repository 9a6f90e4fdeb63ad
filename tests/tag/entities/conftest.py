"""The shipped pipeline and tables, loaded once."""

from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from schemas.tables import Entity
from transforms.tag.entities.gazetteer import Gazetteer, load_gazetteer
from transforms.tag.entities.labelled import gold, read_marked
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.entities.records import entities_of


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def marked() -> Callable[[str], Doc]:
    """A document as the model would hand it over, had it found just the names in brackets."""
    blank = spacy.blank("en")
    return lambda line: gold(blank, *read_marked(line))


@pytest.fixture(scope="session")
def names(marked: Callable[[str], Doc], gazetteer: Gazetteer) -> Callable[[str], dict[str, str]]:
    """Mention to name, of a text with marked names."""

    def read(line: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for entity in entities_of(marked(line), gazetteer):
            found.setdefault(entity.text, entity.name)
        return found

    return read


@pytest.fixture(scope="session")
def tagged(nlp: Language, gazetteer: Gazetteer) -> Callable[[str], list[Entity]]:
    """The entities of a plain text, by the shipped pipeline."""
    return lambda text: entities_of(nlp(text), gazetteer)
