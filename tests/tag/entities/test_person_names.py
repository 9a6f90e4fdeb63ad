import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.tag.entities import people
from transforms.tag.entities.names import fold, leading_titles, may_be_called, surname, surname_first


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lee Do-hoon", "lee"),
        ("Kwon Tae-seok", "kwon"),
        ("Kim Jong Un", "kim"),
        ("Tan Xiaolan", "tan"),
        ("Nguyen Van Hung", "nguyen"),
        ("Wong Pak-kin", "wong"),
        ("Andrei Gromov", "gromov"),
        ("Pieter van der Merwe", "van der merwe"),
        ("Salman al-Qarni", "al-qarni"),
        ("Mohammed bin Salman", "bin salman"),
        ("Robert Kennedy Jr.", "kennedy"),
        ("Jean-Luc Moreau", "moreau"),
        ("Kim Beazley", "beazley"),
        ("Ban Adams", "adams"),
    ],
)
def test_surname(name: str, expected: str) -> None:
    assert surname(name.split()) == expected


def test_hyphenated_western_forename_is_not_surname_first() -> None:
    assert not surname_first(["Anne-marie", "Roux"])
    assert surname_first(["Bae", "Seung-ho"])


def test_titles_stand_before_the_name_and_never_are_all_of_it() -> None:
    assert leading_titles(["Deputy", "Foreign", "Minister", "Wojciech", "Gerlach"]) == 1  # "Foreign" is no title
    assert leading_titles(["Mr.", "Baek"]) == 1
    assert leading_titles(["President"]) == 0


@pytest.mark.parametrize(
    ("full", "short", "same"),
    [
        ("Andrei Gromov", "Gromov", True),
        ("Vladimir Vladimirovich Gromov", "Vladimir Gromov", True),
        ("Vladimir Gromov", "V. Gromov", True),
        ("Delcy Rodríguez Gómez", "Rodriguez", True),
        ("Salman al-Qarni", "Qarni", True),
        ("Robert Stone Jr.", "Robert Stone", True),
        ("Bill Carter", "Hillary Carter", False),
        ("Kim Jong Un", "Kim Yo Jong", False),
        ("Noh Hye-rin", "Noh Tae-il", False),
        ("Lee Do-hoon", "Do-hoon", False),
    ],
)
def test_who_may_be_called_what(full: str, short: str, same: bool) -> None:
    assert may_be_called(full.split(), short.split()) is same


def test_a_surname_belongs_to_whoever_was_named_last() -> None:
    mentions = [(0, ["Bill", "Carter"]), (5, ["Carter"]), (9, ["Ruth", "Carter"]), (14, ["Carter"])]
    assert people.resolve(mentions) == ["Bill Carter", "Bill Carter", "Ruth Carter", "Ruth Carter"]


def test_a_surname_before_any_full_name_belongs_to_the_first_to_come() -> None:
    mentions = [(0, ["Gromov"]), (5, ["Andrei", "Gromov"])]
    assert people.resolve(mentions) == ["Andrei Gromov", "Andrei Gromov"]


def test_a_surname_alone_is_somebody() -> None:
    assert people.resolve([(0, ["Baek"]), (4, ["Suh"]), (8, ["Baek"])]) == ["Baek", "Suh", "Baek"]


WORD = st.sampled_from(
    ["Kim", "Lee", "Do-hoon", "Jong", "Un", "Carter", "Bill", "Ruth", "V.", "al-Masri", "Jr.", "Díaz"]
)


@given(st.lists(st.lists(WORD, min_size=1, max_size=4), max_size=8))
def test_every_mention_gets_a_name_of_the_story(words: list[list[str]]) -> None:
    mentions = [(at * 5, w) for at, w in enumerate(words)]
    names = people.resolve(mentions)
    assert len(names) == len(mentions)
    said = {fold(" ".join(w)) for w in words}
    assert all(any(fold(name) in one for one in said) for name in names)


@given(st.lists(st.tuples(WORD, WORD), min_size=2, max_size=6))
def test_different_forenames_never_merge(pairs: list[tuple[str, str]]) -> None:
    full = [(at, [first, "Testov"]) for at, (first, _) in enumerate(pairs) if first not in {"V.", "Jr."}]
    names = people.resolve(full)
    for (_, one), named in zip(full, names, strict=True):
        assert named.split()[0] == one[0] or fold(named) == fold(" ".join(one))
