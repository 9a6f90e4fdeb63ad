from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.records import entities_of

Marked = Callable[[str], Doc]


@pytest.fixture
def labels(marked: Marked, gazetteer: Gazetteer) -> Callable[[str], list[tuple[str, str]]]:
    return lambda line: [(e.text, e.label) for e in entities_of(marked(line), gazetteer)]


Labels = Callable[[str], list[tuple[str, str]]]


def test_titles_are_outside_the_name(labels: Labels) -> None:
    assert labels("He met [PERSON President Ivan Gromov] there.") == [("Ivan Gromov", "PERSON")]


def test_possessives_and_quotes_are_outside(labels: Labels) -> None:
    assert ("Kuroda", "PERSON") in labels("He read [PERSON Kuroda\u2019s] note.")
    assert ("Solara", "ORG") in labels("the \u201c[ORG Solara]\u201d deal")


def test_a_given_name_that_is_a_country_belongs_to_the_person(labels: Labels) -> None:
    assert labels("[GPE Jordan] [PERSON Smith] flew out.") == [("Jordan Smith", "PERSON")]


def test_country_stays_a_country_beside_a_namesake(labels: Labels) -> None:
    found = labels("[PERSON Kevin Jordan] flew to [GPE Jordan] on leave.")
    assert found == [("Kevin Jordan", "PERSON"), ("Jordan", "GPE")]


def test_known_names_override_the_model(labels: Labels) -> None:
    assert labels("[ORG Russia] and [PERSON Russian] ships, [GPE TASS] said") == [
        ("Russia", "GPE"),
        ("Russian", "NORP"),
        ("TASS", "ORG"),
    ]


def test_a_place_before_a_kind_of_building_is_that_building(labels: Labels) -> None:
    assert labels("held at [GPE Krasnaya Gora] detention facility") == [("Krasnaya Gora", "FAC")]
    assert labels("landed at [GPE Moscow] airport") == [("Moscow", "GPE")]


def test_one_name_has_one_label(labels: Labels) -> None:
    found = labels("[PERSON Olga Tokareva] came. [GPE Tokareva] spoke, [ORG Tokareva] left, Tokareva returned.")
    assert {label for _, label in found} == {"PERSON"}
    assert len(found) == 4


def test_missed_countries_and_peoples_are_found(labels: Labels) -> None:
    assert labels("the Kenyan and the North Korean teams left Kenya") == [
        ("Kenyan", "NORP"),
        ("North Korean", "NORP"),
        ("Kenya", "GPE"),
    ]


def test_small_turkey_is_a_bird(labels: Labels) -> None:
    assert labels("a turkey farm, served with turkey") == []


def test_seas_and_continents_are_no_countries(labels: Labels) -> None:
    assert ("China", "GPE") not in labels("ships in the South China Sea")
    assert ("American", "NORP") not in labels("a Latin American summit")


def test_the_longest_country_name_wins(labels: Labels) -> None:
    assert labels("envoys of the Republic of [GPE Korea] and of Papua New [GPE Guinea]") == [
        ("Republic of Korea", "GPE"),
        ("Papua New Guinea", "GPE"),
    ]


def test_datelines_in_capitals_name_a_place(labels: Labels) -> None:
    assert labels("[ORG TEGUCIGALPA], Honduras (AP) \u2014 Police said")[0] == ("TEGUCIGALPA", "GPE")


def test_an_institution_keeps_what_says_which(labels: Labels) -> None:
    assert labels("[NORP Thai] [ORG Border Police] and the [ORG Armed Forces] of the [GPE Philippines]") == [
        ("Thai Border Police", "ORG"),
        ("Armed Forces of the Philippines", "ORG"),
    ]


def test_capitalised_words_up_to_a_kind_of_organisation_are_one(labels: Labels) -> None:
    assert ("Good Neighbours Relief Foundation", "ORG") in labels(
        "He joined the Good Neighbours Relief Foundation in May."
    )


def test_hyphens_do_not_cut_a_name(labels: Labels) -> None:
    assert labels("said [PERSON Marie] -").pop() == ("Marie", "PERSON")
    assert labels("judge Ana Garcia-Lopez said")[:1] == []
    assert labels("[PERSON Usman Ododo]-Bello said") == [("Usman Ododo-Bello", "PERSON")]
    assert labels("[PERSON Gromov]-led forces") == [("Gromov", "PERSON")]


def test_offsets_point_at_the_words(marked: Marked, gazetteer: Gazetteer) -> None:
    doc = marked("\n [PERSON Dr. Ana\u00a0Silva]\u2019s team left [GPE S\u00e3o Tom\u00e9] for Kenya.")
    for entity in entities_of(doc, gazetteer):
        assert doc.text[entity.start : entity.end] == entity.text


def test_labels_of_other_models_are_read(marked: Marked, gazetteer: Gazetteer) -> None:
    doc = marked("[PER Ana Silva] of [MISC Erasmus]")
    assert [(e.text, e.label) for e in entities_of(doc, gazetteer)] == [("Ana Silva", "PERSON")]


def test_a_full_name_is_a_person_where_its_surname_is(labels: Labels) -> None:
    assert labels("[GPE Rina Sokolenko] left. [PERSON Sokolenko] said no.")[0] == ("Rina Sokolenko", "PERSON")


def test_an_organisation_ends_before_the_job_of_its_man(labels: Labels) -> None:
    assert labels("[ORG Solara Capital analyst] [PERSON Ana Silva]")[0] == ("Solara Capital", "ORG")
