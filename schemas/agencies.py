"""The news agencies Casewire knows: data/agencies.toml as typed records."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A news agency and its spellings."""

    id: str
    name: str
    country: str
    """ISO 3166 alpha-2."""
    names: tuple[str, ...]
    """Spellings that mean the agency wherever they stand in a text."""
    credits: tuple[str, ...]
    """Spellings that mean it only in a dateline, a credit line or an author's name."""


@cache
def agencies() -> tuple[Agency, ...]:
    """Every agency of the table.

    Raises:
        msgspec.ValidationError: the table does not have this layout.
    """
    table = tomllib.loads(files("schemas").joinpath("data/agencies.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table["agency"], tuple[Agency, ...])
