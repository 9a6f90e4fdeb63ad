"""Which country a name, a nationality or a seat of government speaks of."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from transforms.tag.entities.spelling import tokens_of


@dataclass(frozen=True)
class Country:
    """One row of the table."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Countries:
    """The table of countries, indexed by what wire copy writes."""

    rows: tuple[Country, ...]
    candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that could be more than one country, likeliest first."""
    cautious_names: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    """Names that contain a country and speak of none ("South China Sea")."""
    cities: dict[str, str] = field(default_factory=dict)
    """Country of cities and provinces."""
    by_code: dict[str, Country] = field(init=False, repr=False)
    _names: dict[str, str] = field(init=False, repr=False)
    _demonyms: dict[str, str] = field(init=False, repr=False)
    _capitals: dict[str, str] = field(init=False, repr=False)
    _bodies: dict[str, str] = field(init=False, repr=False)
    _phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        def keep(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        ambiguous = {name: codes[0] for name, codes in self.candidates.items()}
        plural = ambiguous.items()
        keep("by_code", {row.code: row for row in self.rows})
        keep("_demonyms", _index(self.rows, lambda r: (d for n in r.demonyms for d in (n, _plural(n)))))
        keep("_names", _index(self.rows, lambda r: (r.name, *r.aliases, *r.parts)))
        self._names.update((n, c) for n, c in plural if n not in self._demonyms and not n.endswith(("n", "ese", "ns")))
        for name in self._names:  # "Philippines" is no plural of "Philippine"
            self._demonyms.pop(name, None)
        self._demonyms.update((n, c) for n, c in plural if n not in self._names)
        keep("_capitals", _index(self.rows, lambda r: r.capitals))
        keep("_bodies", _index(self.rows, lambda r: r.bodies))
        keep("_phrases", {})
        spellings = (
            [(n, "GPE") for n in self._names] + [(n, "NORP") for n in self._demonyms] + [(n, "") for n in self.regions]
        )
        for spelling, label in sorted(spellings, key=lambda s: -len(s[0])):
            words = tokens_of(spelling)
            self._phrases.setdefault(words[0], []).append((words, label))

    def of_name(self, text: str) -> str | None:
        """Code of the country of this name; all capitals are read too ("RUSSIA")."""
        return _look_up(self._names, text)

    def of_demonym(self, text: str) -> str | None:
        """Code of the country whose people or adjective this is."""
        return _look_up(self._demonyms, text)

    def of_capital(self, text: str) -> str | None:
        """Code of the country whose capital this is."""
        return _look_up(self._capitals, text)

    def of_body(self, text: str) -> str | None:
        """Code of the country whose government this stands for ("Kremlin")."""
        return _look_up(self._bodies, text)

    def of_city(self, text: str) -> str | None:
        """Code of the country this city or province lies in."""
        return _look_up(self.cities, text)

    def is_place(self, text: str) -> bool:
        """Whether the name is a known country, capital, city or province."""
        return bool(self.of_name(text) or self.of_capital(text) or self.of_city(text))

    def cautious(self, text: str) -> bool:
        """Whether the name is a given name, a surname or a common word as well."""
        return text in self.cautious_names

    def longest_at(self, tokens: list[str], start: int) -> tuple[int, str] | None:
        """The longest known place or people that begins at a token: its end, and what it is.

        GPE for a country, NORP for a people, CITY for a city or province, "" for a region that is no country.
        """
        for words, label in self._phrases.get(tokens[start], ()):
            end = start + len(words)
            if tuple(tokens[start:end]) == words:
                return end, label
        return None


@cache
def load_countries() -> Countries:
    """The tables in schemas/data."""
    data = files("schemas") / "data"
    table = tomllib.loads((data / "countries.toml").read_text(encoding="utf-8"))
    ambiguous = tomllib.loads((data / "ambiguous_places.toml").read_text(encoding="utf-8"))
    cities = (data / "cities.tsv").read_text(encoding="utf-8").splitlines()
    return Countries(
        rows=tuple(
            Country(code=code, name=row["name"], **{k: tuple(v) for k, v in row.items() if k != "name"})
            for code, row in table.items()
        ),
        candidates={name: tuple(codes) for name, codes in ambiguous["candidates"].items()},
        cautious_names=frozenset(ambiguous["cautious"]["names"]),
        regions=frozenset(ambiguous["regions"]["names"]),
        cities=dict(line.split("\t") for line in cities if not line.startswith("#")),
    )


def _index(rows: Iterable[Country], spellings: Callable[[Country], Iterable[str]]) -> dict[str, str]:
    return {spelling: row.code for row in rows for spelling in spellings(row)}


def _look_up(index: dict[str, str], text: str) -> str | None:
    code = index.get(text) or index.get(text.replace("\u2019", "'"))
    if code is None and text.isupper() and len(text) > 3:
        code = index.get(text.title())
    return code


def _plural(demonym: str) -> str:
    if demonym.endswith(("ese", "ish", "sh", "ch", "ss", "x", "men", "man", "s", "I-Kiribati")):
        return demonym
    return demonym + "s"
