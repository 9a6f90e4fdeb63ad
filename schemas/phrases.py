"""The notation of phrases in a topics file, and the word sequences it stands for.

A phrase is words with blanks between. `a|b` stands for either word, `_` among them for no word, `{name}` for any phrase
of the set of that name, `=word` for the word without its other forms, `@PERSON` for a name of that kind (in proximity
rules only).
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product

from schemas.tables import EntityLabel

Words = tuple[str, ...]

_SET = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_SEQUENCES = 2_000
ENTITY_LABELS: frozenset[str] = frozenset(EntityLabel.__args__)  # type: ignore[attr-defined]  # typing's Literal


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what to write instead."""


def entity_label(phrase: str) -> str | None:
    """The label a term such as `@PERSON` asks for; None for a phrase of words.

    Raises:
        PhraseError: names are not labelled so.
    """
    if not phrase.startswith("@"):
        return None
    if phrase[1:] not in ENTITY_LABELS:
        raise PhraseError(f"{phrase!r}: names are labelled {', '.join(sorted(ENTITY_LABELS))}")
    return phrase[1:]


def word_sequences(phrase: str, sets: Mapping[str, Sequence[str]]) -> list[Words]:
    """Every word sequence the phrase stands for, before inflection.

    Raises:
        PhraseError: an empty phrase, an unknown set, a set that refers to sets, or too many sequences.
    """
    slots = [_choices(token, sets) for token in phrase.split()]
    sequences = [sum(choice, ()) for choice in product(*slots)] if _count(slots) <= _SEQUENCES else None
    if sequences is None:
        raise PhraseError(f"{phrase!r} stands for more than {_SEQUENCES} phrases: split it")
    if not all(sequences) or not sequences:
        raise PhraseError(f"{phrase!r} may stand for no word at all: write at least one word that must be there")
    return sequences


def _choices(token: str, sets: Mapping[str, Sequence[str]]) -> list[Words]:
    if name := _SET.fullmatch(token):
        if name[1] not in sets:
            raise PhraseError(f"{token}: there is no such set; known are {', '.join(sorted(sets)) or 'none'}")
        if nested := next((member for member in sets[name[1]] if "{" in member), None):
            raise PhraseError(f"set {name[1]!r}: {nested!r} refers to another set: write its phrases out")
        return [words for member in sets[name[1]] for words in word_sequences(member, {})]
    if "{" in token or "}" in token or "@" in token:
        raise PhraseError(f"{token!r}: write a set as {{name}} and an entity as @LABEL, alone between blanks")
    words = token.split("|")
    if "" in words:
        raise PhraseError(f"{token!r}: a word is missing beside '|'; write '_' for no word")
    return [() if word == "_" else (word,) for word in words]


def _count(slots: Sequence[Sequence[Words]]) -> int:
    count = 1
    for slot in slots:
        count *= len(slot)
    return count
