"""Spellings of the tables as the pipelines see them: cut into the tokens of spaCy's English tokenizer."""

from functools import cache

import spacy
from spacy.tokenizer import Tokenizer


@cache
def _tokenizer() -> Tokenizer:
    return spacy.blank("en").tokenizer


def tokens_of(spelling: str) -> tuple[str, ...]:
    """The tokens of a name: "Guinea-Bissau" is three, "People's" two, "U.S." one."""
    return tuple(token.text for token in _tokenizer()(spelling))
