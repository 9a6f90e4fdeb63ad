from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from transforms.tag.entities.countries import load_countries
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.records import countries_of, entities_of

Read = Callable[[str], list[str]]


@pytest.fixture
def countries(marked: Callable[[str], Doc], gazetteer: Gazetteer) -> Read:
    return lambda line: countries_of(entities_of(marked(line), gazetteer), gazetteer)


def test_most_mentioned_first_then_in_order(countries: Read) -> None:
    assert countries("Kenya, Ghana, Ghanaian, Chad's Kenyans and Ghana again, in Togo")[:2] == ["GH", "KE"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("the Republic of Korea and the Democratic People's Republic of Korea", {"KR", "KP"}),
        ("[GPE Korea] said", {"KR"}),
        ("North Korean troops, and [GPE Korea] again", {"KP"}),
        ("[GPE Georgia] and Tbilisi", {"GE"}),
        ("a grand jury in [GPE Georgia], then in [GPE Atlanta]", {"US"}),
        ("[GPE Congo] and [GPE Kinshasa]", {"CD"}),
        ("[GPE Congo] and [GPE Brazzaville]", {"CG"}),
        ("the DRC and the Central African Republic", {"CD", "CF"}),
        ("the U.K., Britain, Scotland and the British", {"GB"}),
        ("the U.S., the US, America and Americans", {"US"}),
        ("Türkiye and Turkey", {"TR"}),
        ("[PERSON Jordan Smith], [PERSON Paris Hilton] and [PERSON Chad Kroeger]", set()),
        ("the Kremlin said", {"RU"}),
        ("Japan's foreign ministry and the [ORG Bank of Korea]", {"JP", "KR"}),
        ("the [ORG Russian Embassy]", {"RU"}),
        ("the Gulf of Mexico, New England and Latin American bishops", set()),
        ("[GPE Niger] is not Nigeria; Nigerien and Nigerian differ", {"NE", "NG"}),
        ("the two Guineas: Guinea-Bissau and Equatorial Guinea", {"GW", "GQ"}),
        ("a Dominican court in [GPE Santo Domingo]", {"DO"}),
        ("[GPE Washington] and [GPE Beijing] traded barbs", {"US", "CN"}),
        ("[ORG Reuters] and [ORG Yonhap] said", set()),
        ("the Philippines and the Filipino navy", {"PH"}),
        ("a court in [GPE Kumasi] and one in [GPE Shanghai]", {"GH", "CN"}),
    ],
)
def test_which_countries(countries: Read, line: str, codes: set[str]) -> None:
    assert set(countries(line)) == codes


def test_every_code_is_alpha_2_and_every_name_its_own() -> None:
    table = load_countries()
    assert all(len(code) == 2 and code.isupper() for code in table.by_code)
    for row in table.rows:
        assert table.of_name(row.name) == row.code
        assert all(table.of_name(alias) == row.code for alias in row.aliases)


def test_capitals_in_capitals_are_read() -> None:
    assert load_countries().of_name("RUSSIA") == "RU"
    assert load_countries().of_name("us") is None


def test_the_american_state_keeps_its_name(marked: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    found = entities_of(marked("a jury in [GPE Georgia], then in [GPE Atlanta]"), gazetteer)
    assert (found[0].name, found[0].kb_id) == ("Georgia", "US")
