"""Spellings of the tables as the pipelines see them: cut into the tokens of spaCy's English tokenizer."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import spacy
from spacy.language import Language


@cache
def _english() -> Language:
    return spacy.blank("en")


def tokens_of(spelling: str) -> tuple[str, ...]:
    """The tokens of a name: "Guinea-Bissau" is three, "People's" two, "U.S." one."""
    return tuple(token.text for token in _english().make_doc(spelling))


Phrases = Mapping[str, list[tuple[tuple[str, ...], str]]]
"""First token to the phrases that begin with it, longest first, and their labels."""


def indexed(labels: Mapping[tuple[str, ...], str]) -> Phrases:
    """Phrases and their labels, ready to be looked for."""
    by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for phrase in sorted(labels, key=len, reverse=True):
        by_first[phrase[0]].append((phrase, labels[phrase]))
    return by_first
