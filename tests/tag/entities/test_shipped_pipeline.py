import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from schemas.errors import ConfigurationError
from schemas.tables import Entity
from transforms.tag.entities.pipeline import SHIPPED, load_pipeline, model_name

Tagged = Callable[[str], list[Entity]]


def test_loads_without_casewire(tmp_path: Path) -> None:
    code = f"import spacy, sys; spacy.load({str(SHIPPED)!r}); assert 'transforms' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=120)


def test_loads_in_a_moment() -> None:
    started = time.process_time()
    load_pipeline()
    assert time.process_time() - started < 1.0


def test_is_small_and_says_what_it_is(nlp: Language) -> None:
    assert sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file()) <= 30 * 2**20
    assert model_name(nlp).startswith("en_casewire_news ")
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert nlp.meta["sources"]


def test_another_pipeline_may_be_named(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("entity_ruler")
    other.to_disk(tmp_path / "mine")
    assert load_pipeline(str(tmp_path / "mine")).pipe_names == ["entity_ruler"]


def test_an_unknown_pipeline_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        ConfigurationError, match=r"'en_core_web_nix' cannot be loaded .*install it .pip install en_core_web_nix"
    ):
        load_pipeline("en_core_web_nix")


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigurationError, match="finds no entities"):
        load_pipeline(str(tmp_path / "blank"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on Wednesday, July 8, 2022.", ("Wednesday, July 8, 2022", "DATE")),
        ("Talks began in mid-June and ended on 3 May.", ("mid-June", "DATE")),
        ("He was jailed on 12 and 13 August.", ("12 and 13 August", "DATE")),
        ("It paid $1.5 million to them.", ("$1.5 million", "MONEY")),
        ("It cost 12 million Swiss francs then.", ("12 million Swiss francs", "MONEY")),
        ("The fine was Rs 40,000 crore.", ("Rs 40,000 crore", "MONEY")),
        ("He broke the Official Secrets Act.", ("Official Secrets Act", "LAW")),
        ("She is charged under Article 275 of the Criminal Code.", ("Article 275 of the Criminal Code", "LAW")),
    ],
)
def test_dates_sums_and_laws_come_from_rules(tagged: Tagged, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(e.text, e.label) for e in tagged(text)]


def test_may_and_march_are_words_too(tagged: Tagged) -> None:
    assert not [e for e in tagged("They may march again.") if e.label == "DATE"]
