"""The words that tell how names are built: schemas/data/name_words.toml as one typed record."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in small letters, by what they do to a name."""

    titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    facilities: frozenset[str]
    buildings: frozenset[str]
    landforms: frozenset[str]
    districts: frozenset[str]
    laws: frozenset[str]
    bodies: frozenset[str]
    personal_titles: frozenset[str]
    company_forms: frozenset[str]
    small: frozenset[str]
    portfolios: dict[str, str]


@cache
def name_words() -> NameWords:
    """The table.

    Raises:
        msgspec.ValidationError: it does not have this layout.
    """
    text = files("schemas").joinpath("data/name_words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), NameWords)
