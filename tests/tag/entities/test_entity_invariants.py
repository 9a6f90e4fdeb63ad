from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.tables import Entity
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.records import countries_of

WORDS = """Kim Jong - Un ( ) FSB the of Bank Ministry Foreign Korea Republic South Georgia \u2019s Mr said in Congo
    MOSCOW \u2014 , . Reuters A Jordan prison U.S. & 5 $ May"""
PIECE = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECE, max_size=25), glue=st.sampled_from([" ", "", "  "]))
def test_rows_are_in_order_apart_and_true_to_the_text(
    tagged: Callable[[str], list[Entity]], gazetteer: Gazetteer, pieces: list[str], glue: str
) -> None:
    text = glue.join(pieces)
    entities = tagged(text)
    assert all(text[e.start : e.end] == e.text and e.name.strip() for e in entities)
    assert all(one.end <= other.start for one, other in pairwise(entities))
    codes = countries_of(entities, gazetteer)
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(gazetteer.countries.by_code)


@pytest.mark.parametrize("text", ["", " ", "\n", "(", "'s"])
def test_texts_without_words_have_no_names(tagged: Callable[[str], list[Entity]], text: str) -> None:
    assert tagged(text) == []
