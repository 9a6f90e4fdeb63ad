import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.phrases import PhraseError, entity_label, word_sequences
from transforms.tag.topics.inflect import forms


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("arrest", {"arrest", "arrests", "arrested", "arresting"}),
        ("expel", {"expels", "expelled", "expelling"}),
        ("spy", {"spies", "spied", "spying"}),
        ("charge", {"charges", "charged", "charging"}),
        ("free", {"freed", "freeing"}),
        ("hold", {"held", "holding"}),
        ("acquit", {"acquitted"}),
        ("embassy", {"embassies"}),
        ("hearing", {"hearings"}),
    ],
)
def test_a_base_form_stands_for_its_inflections(word: str, some: set[str]) -> None:
    assert some <= forms(word)


@pytest.mark.parametrize("word", ["charged", "talks", "the", "Lefortovo", "G20", "=sentence"])
def test_inflected_words_function_words_and_names_have_one_form(word: str) -> None:
    assert forms(word) == {word.removeprefix("=")}


@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12))
def test_every_word_is_a_form_of_itself(word: str) -> None:
    assert word in forms(word)


def test_choices_and_sets_are_written_out() -> None:
    sets = {"custody": ["jail", "a cell"]}
    assert word_sequences("held|kept in {custody}", sets) == [
        ("held", "in", "jail"),
        ("held", "in", "a", "cell"),
        ("kept", "in", "jail"),
        ("kept", "in", "a", "cell"),
    ]


def test_an_underscore_is_no_word() -> None:
    assert word_sequences("the|_ ransom", {}) == [("the", "ransom"), ("ransom",)]


@pytest.mark.parametrize(
    ("phrase", "remedy"),
    [
        ("{nowhere} court", "there is no such set"),
        ("a|| b", "a word is missing"),
        ("_", "at least one word"),
        ("held in {", "alone between blanks"),
        ("a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h", "split it"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_to_write(phrase: str, remedy: str) -> None:
    with pytest.raises(PhraseError, match=remedy):
        word_sequences(phrase, {})


def test_only_labels_of_names_are_terms() -> None:
    assert entity_label("@PERSON") == "PERSON"
    assert entity_label("person") is None
    with pytest.raises(PhraseError, match="names are labelled"):
        entity_label("@HUMAN")
