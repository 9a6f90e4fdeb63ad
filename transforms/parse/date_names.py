"""The words of dates: schemas/data/date_names.toml in the form the date reader looks them up."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

_TABLE = tomllib.loads(files("schemas").joinpath("data/date_names.toml").read_text(encoding="utf-8"))

MONTHS: Mapping[str, int] = {
    name: number for names in _TABLE["months"].values() for number, name in enumerate(names, start=1)
}
"""Beginning of a month's name to its number."""

ZONES: Mapping[str, float] = _TABLE["zones"]
"""Abbreviation of a time zone to hours east of Greenwich."""

FILLERS: frozenset[str] = frozenset(_TABLE["fillers"]["words"])
"""Words that may stand in a date and say nothing."""

AFTERNOON: Mapping[str, bool] = {
    **dict.fromkeys(_TABLE["halves"]["morning"], False),
    **dict.fromkeys(_TABLE["halves"]["afternoon"], True),
}
"""Half of the day to whether it is the second."""
