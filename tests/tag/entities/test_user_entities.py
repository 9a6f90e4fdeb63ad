from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from schemas.errors import ConfigurationError
from transforms.tag.entities.gazetteer import load_gazetteer
from transforms.tag.entities.records import countries_of, entities_of

FILE = """
[[entity]]
id = "case:baltic-cable"
type = "FAC"
name = "Baltic Cable 3"
aliases = ["BC-3", "the third cable"]
country = "EE"
"""


def test_the_users_entities_are_found_and_carry_his_id(marked: Callable[[str], Doc]) -> None:
    gazetteer = load_gazetteer(FILE)
    found = entities_of(marked("Divers saw [ORG Baltic] Cable 3; BC-3 is cut."), gazetteer)
    assert [(e.text, e.label, e.name, e.kb_id) for e in found] == [
        ("Baltic Cable 3", "FAC", "Baltic Cable 3", "case:baltic-cable"),
        ("BC-3", "FAC", "Baltic Cable 3", "case:baltic-cable"),
    ]
    assert countries_of(found, gazetteer) == ["EE"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[entity]\n", r"mine.toml: is not TOML"),
        ("[entities]\n", r"mine.toml: unknown key 'entities'; entities are written as \[\[entity\]\]"),
        ('[[entity]]\nid = "a"\ntype = "ORG"\n', r"mine.toml: entity 1: name is missing"),
        ('[[entity]]\nid = "a"\ntype = "FIRM"\nname = "A"\n', r"entity 1 \(a\): type 'FIRM' is none of PERSON, ORG"),
        ('[[entity]]\nid = "a"\ntype = "ORG"\nname = "A"\nalias = []\n', r"entity 1: unknown key 'alias'; known are"),
        ('[[entity]]\nid = "a"\ntype = "ORG"\nname = "A"\naliases = "B"\n', r"aliases must be a list"),
        ('[[entity]]\nid = "a"\ntype = "ORG"\nname = "A"\ncountry = "UK"\n', r"country 'UK' is no ISO 3166-1"),
        (
            '[[entity]]\nid = "a"\ntype = "ORG"\nname = "A"\n[[entity]]\nid = "b"\ntype = "ORG"\nname = "a"\n',
            r"entity 2 \(b\): 'a' already names 'a'; give it to one of them",
        ),
    ],
)
def test_mistakes_name_the_entry_and_the_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        load_gazetteer(text, "mine.toml")
