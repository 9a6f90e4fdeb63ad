from collections.abc import Callable

import pytest

Names = Callable[[str], dict[str, str]]


def test_an_abbreviation_in_brackets_means_the_name_before_it(names: Names) -> None:
    found = names("The [ORG Federal Security Service] ([ORG FSB]) said so. The [ORG FSB] added nothing.")
    assert found == {"Federal Security Service": "Federal Security Service", "FSB": "Federal Security Service"}


def test_initials_mean_the_only_name_that_spells_them(names: Names) -> None:
    found = names("The [ORG Law Society of Kenya] sued. [ORG LSK] won, [ORG KNUT] lost.")
    assert found["LSK"] == "Law Society of Kenya"
    assert found["KNUT"] == "KNUT"


def test_initials_of_two_names_mean_neither(names: Names) -> None:
    found = names("[ORG National Land Agency] and [ORG New Light Army] met. [ORG NLA] was not there.")
    assert found["NLA"] == "NLA"


def test_legal_forms_and_articles_make_no_new_company(names: Names) -> None:
    found = names("[ORG Solara Mining Ltd] fell. [ORG Solara Mining] said so.")
    assert found["Solara Mining"] == "Solara Mining Ltd"


def test_agencies_carry_the_name_and_id_of_the_table(names: Names) -> None:
    found = names("[ORG Yonhap News Agency] said so. [ORG Yonhap] was first.")
    assert set(found.values()) == {"Yonhap"}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Russia's foreign ministry said", "foreign ministry", "Foreign Ministry of Russia"),
        ("the Russian foreign ministry said", "foreign ministry", "Foreign Ministry of Russia"),
        ("the Russian Foreign Ministry said", "Russian Foreign Ministry", "Foreign Ministry of Russia"),
        ("the Ministry of Foreign Affairs of Russia said", "Ministry of Foreign Affairs", "Foreign Ministry of Russia"),
        ("South Korea\u2019s defense ministry said", "defense ministry", "Defence Ministry of South Korea"),
        ("India's Ministry of External Affairs said", "Ministry of External Affairs", "Foreign Ministry of India"),
        ("the ministry of health in Ghana said", "ministry of health", "Health Ministry of Ghana"),
        ("the foreign ministry said", "foreign ministry", "Foreign Ministry"),
    ],
)
def test_a_ministry_has_one_name_however_it_is_written(names: Names, text: str, mention: str, name: str) -> None:
    assert names(text)[mention] == name


def test_a_bare_ministry_is_the_one_named_last(names: Names) -> None:
    found = names(
        "Kenya's interior ministry denied it. Uganda's interior ministry agreed. The Interior Ministry said so."
    )
    assert found["Interior Ministry"] == "Interior Ministry of Uganda"


def test_a_minister_is_no_ministry(names: Names) -> None:
    assert not any("Ministry" in name for name in names("the Russian foreign minister said").values())
