"""Names made up from lists: people of every region, places, organisations; what replaces the names of old news."""

import csv
import json
import random
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from training.ner.policy import Places
from transforms.tag.entities.countries import Countries

_PARTS = tomllib.loads((Path(__file__).parent / "organisations.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Namer:
    """Draws names with a given source of randomness."""

    countries: Countries
    places: Places

    @cached_property
    def _people(self) -> list[dict[str, Any]]:
        table = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
        return list(table.values())

    @cached_property
    def _cities(self) -> list[str]:
        return sorted(self.places.city_names)

    @cached_property
    def _states(self) -> list[str]:
        return [row.name for row in self.countries.rows]

    @cached_property
    def _demonyms(self) -> list[str]:
        return [d for row in self.countries.rows for d in row.demonyms]

    @cached_property
    def _real(self) -> list[str]:
        gazetteers = self.places.gazetteers
        with (gazetteers / "sp500.csv").open(encoding="utf-8") as lines:
            companies = [row["Security"] for row in csv.DictReader(lines)]
        universities = json.loads((gazetteers / "world_universities.json").read_text(encoding="utf-8"))
        return companies + [u["name"] for u in universities if u["name"].isascii() and "," not in u["name"]][::4]

    def person(self, draw: random.Random) -> tuple[str, str]:
        """A full name, and the surname that stands for it later."""
        region = draw.choice(self._people)
        given, family = draw.choice(region["given"]), draw.choice(region["family"])
        if region["order"] == "family given":
            return f"{family} {given}", family
        if draw.random() < 0.06:
            given = f"{given} {draw.choice('ABCDEFGHJKLMNPRSTW')}."
        elif draw.random() < 0.08:
            given = f"{given} {draw.choice(region['given'])}"
        if draw.random() < 0.05 and " " not in family:
            family = f"{family}-{draw.choice(region['family'])}"
        return f"{given} {family}", family

    def place(self, draw: random.Random) -> str:
        """A city, mostly; else a country."""
        return draw.choice(self._cities) if draw.random() < 0.7 else draw.choice(self._states)

    def people(self, draw: random.Random) -> str:
        """A nationality."""
        return draw.choice(self._demonyms)

    def organisation(self, draw: random.Random) -> str:
        """An organisation: a real company or university, an acronym, or one made of parts."""
        kind = draw.random()
        if kind < 0.15:
            return draw.choice(self._real)
        if kind < 0.30:
            return "".join(draw.choice("ABCDEFGHIKLMNOPRSTUVZ") for _ in range(draw.choice([3, 3, 3, 4, 4, 5])))
        pattern: str = draw.choice(_PARTS["patterns"])
        return pattern.format(
            city=draw.choice(self._cities),
            state=draw.choice(self._states),
            people=draw.choice(self._demonyms),
            family=draw.choice(draw.choice(self._people)["family"]),
            field=draw.choice(_PARTS["fields"]),
            cause=draw.choice(_PARTS["causes"]),
            word=draw.choice(_PARTS["words"]),
            creed=draw.choice(_PARTS["creeds"]),
        )
