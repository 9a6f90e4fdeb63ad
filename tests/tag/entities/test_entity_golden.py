"""Whole stories: one written here, and the one the project began with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.tables import Entity
from transforms.tag.entities.cited import cited_agencies
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.records import countries_of

WRAPPED = """MINSK, March 4 (Reuters) - Belarus has told Japan that it may visit a Japanese citizen held on espionage
charges, the Belarusian foreign ministry said on Wednesday.

The man, identified only by his surname, Mori, has been in custody at the Volodarka detention facility since late
January, according to Kyodo News. Ambassador Naoko Takahashi met Deputy Foreign Minister Igor Sekreta in Minsk.
Takahashi asked Belarus to ensure Mori's safety, Japan's foreign ministry said.

Earlier, BelTA reported that Mori taught at the Open Hands Language Foundation, a Japanese aid organisation.
Sekreta said the State Security Committee (KGB) was investigating. The KGB declined to comment.
"""
STORY = "\n\n".join(paragraph.replace("\n", " ") for paragraph in WRAPPED.split("\n\n"))


def by_label(entities: list[Entity], label: str) -> set[str]:
    return {e.name for e in entities if e.label == label}


def test_a_story_as_an_editor_would_mark_it(tagged: Callable[[str], list[Entity]], gazetteer: Gazetteer) -> None:
    entities = tagged(STORY)
    assert by_label(entities, "PERSON") == {"Mori", "Naoko Takahashi", "Igor Sekreta"}
    assert {
        "Foreign Ministry of Belarus",
        "Foreign Ministry of Japan",
        "Kyodo News",
        "Open Hands Language Foundation",
        "State Security Committee",
    } <= by_label(entities, "ORG")
    assert by_label(entities, "GPE") == {"Minsk", "Belarus", "Japan"}
    assert by_label(entities, "FAC") == {"Volodarka"}
    assert {"March 4", "Wednesday", "late January"} == by_label(entities, "DATE")
    assert countries_of(entities, gazetteer) == ["BY", "JP"]
    assert cited_agencies(STORY) == ["kyodo", "belta"]
    assert entities == tagged(STORY)


@pytest.mark.data
def test_the_seed(tagged: Callable[[str], list[Entity]], gazetteer: Gazetteer, shared_data: Path) -> None:
    text = (shared_data.parent / "seed.txt").read_text(encoding="utf-8")
    body = text[text.index("MOSCOW") :]
    entities = tagged(body)
    assert by_label(entities, "PERSON") == {"Baek", "Zakharova", "Lee Do-hoon", "Andrey Rudenko"}
    assert {
        "Yonhap",
        "TASS",
        "Global Love Rice Sharing Foundation",
        "Foreign Ministry of Russia",
        "Foreign Ministry of South Korea",
    } <= by_label(entities, "ORG")
    assert by_label(entities, "GPE") == {"Moscow", "Seoul", "Russia", "South Korea"}
    assert by_label(entities, "FAC") == {"Lefortovo"}
    assert countries_of(entities, gazetteer)[:2] == ["RU", "KR"]
    assert set(countries_of(entities, gazetteer)) == {"RU", "KR", "KP"}
    assert cited_agencies(body) == ["yonhap", "tass"]
