"""What is known of names beforehand: countries, agencies, and the user's own entities."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import get_args

from schemas.agencies import agencies
from schemas.errors import ConfigurationError
from schemas.tables import EntityLabel
from transforms.tag.entities.countries import Countries, load_countries
from transforms.tag.entities.names import fold
from transforms.tag.entities.spelling import Phrases, indexed, tokens_of

_KEYS = {"id", "type", "name", "aliases", "country"}


@dataclass(frozen=True)
class KnownEntity:
    """A name that is known: an agency, an organisation of the tables, or an entry of the user's file."""

    id: str | None
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Names with identities, ready to look up."""

    countries: Countries
    organisations: tuple[KnownEntity, ...] = ()
    """Agencies and other organisations of the tables."""
    entities: tuple[KnownEntity, ...] = ()
    _index: dict[str, KnownEntity] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for entity in (*self.organisations, *self.entities):
            for spelling in (entity.name, *entity.aliases):
                self._index[fold(spelling)] = entity

    def known(self, text: str) -> KnownEntity | None:
        """The agency or user's entity of this name, whatever its case and accents."""
        return self._index.get(fold(text).removeprefix("the "))

    @cached_property
    def organisation_phrases(self) -> Phrases:
        """Spellings of the organisations, to be found where the model is blind."""
        return indexed({tokens_of(s): "ORG" for o in self.organisations for s in (o.name, *o.aliases)})

    @cached_property
    def user_phrases(self) -> Phrases:
        """Spellings of the user's entities, which come before anything the model says."""
        return indexed({tokens_of(s): e.label for e in self.entities for s in (e.name, *e.aliases)})


def load_gazetteer(entities: str | None = None, source: str = "entities.toml") -> Gazetteer:
    """The shipped tables and the user's entities.

    Args:
        entities: the text of the user's file; None without one.
        source: what to call the file in messages.

    Raises:
        ConfigurationError: the file has a mistake; the message names the entry and the remedy.
    """
    own = tuple(read_entities(entities, source)) if entities is not None else ()
    return Gazetteer(countries=load_countries(), organisations=(*_organisations(), *_agencies()), entities=own)


def _agencies() -> Iterable[KnownEntity]:
    """The agencies of the table; spellings that mean one only in a credit are left to the dateline."""
    return (
        KnownEntity(id=agency.id, label="ORG", name=agency.name, aliases=agency.names, country=agency.country)
        for agency in agencies()
    )


def _organisations() -> Iterable[KnownEntity]:
    table = tomllib.loads((files("schemas") / "data" / "organisations.toml").read_text(encoding="utf-8"))
    return (KnownEntity(id=None, label="ORG", name=name, aliases=tuple(more)) for name, more in table.items())


def read_entities(text: str, source: str) -> Iterable[KnownEntity]:
    """The entries of an `entities.toml`.

    Raises:
        ConfigurationError: see `load_gazetteer`.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{source}: is not TOML ({error}); correct that line.") from error
    if unknown := set(table) - {"entity"}:
        raise ConfigurationError(f"{source}: unknown key {min(unknown)!r}; entities are written as [[entity]] tables.")
    owners: dict[str, str | None] = {}
    entities = []
    for number, row in enumerate(table.get("entity", []), start=1):
        entity = _entity(row, f"{source}: entity {number}")
        for spelling in (entity.name, *entity.aliases):
            owner = owners.setdefault(fold(spelling), entity.id)
            if owner != entity.id:
                raise ConfigurationError(
                    f"{source}: entity {number} ({entity.id}): {spelling!r} already names {owner!r}; "
                    "give it to one of them."
                )
        entities.append(entity)
    return entities


def _entity(row: object, where: str) -> KnownEntity:
    if not isinstance(row, dict):
        raise ConfigurationError(f"{where}: is not a table; write [[entity]] with id, type and name.")
    if unknown := set(row) - _KEYS:
        raise ConfigurationError(f"{where}: unknown key {min(unknown)!r}; known are {', '.join(sorted(_KEYS))}.")
    for key in ("id", "type", "name"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ConfigurationError(f"{where}: {key} is missing or not a text; every entity has id, type and name.")
    labels = get_args(EntityLabel)
    if row["type"] not in labels:
        raise ConfigurationError(f"{where} ({row['id']}): type {row['type']!r} is none of {', '.join(labels)}.")
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(a, str) and a.strip() for a in aliases):
        raise ConfigurationError(f"{where} ({row['id']}): aliases must be a list of texts.")
    country = row.get("country")
    if country is not None and country not in load_countries().by_code:
        raise ConfigurationError(
            f"{where} ({row['id']}): country {country!r} is no ISO 3166-1 alpha-2 code; write KR, RU, GB ..."
        )
    return KnownEntity(id=row["id"], label=row["type"], name=row["name"], aliases=tuple(aliases), country=country)
