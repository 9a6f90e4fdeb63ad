"""Which mentions of people in a document are one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.tag.entities.names import fold, may_be_called, without_suffix

Words = tuple[str, ...]


@dataclass
class Person:
    """Somebody a document names, under the fullest form it gives."""

    name: Words
    first: int
    """Where the document first names the person in full."""
    latest: int = -1
    """Where it last did, of what has been read so far; -1 before."""


def resolve(mentions: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """The name each mention shares with the others of its person.

    Two full names that share only a surname stay two people. A surname alone belongs to whoever of that surname was
    named last, or else will be named next.

    Args:
        mentions: position and words of each mention, in order.
    """
    named = [(at, tuple(without_suffix(words))) for at, words in mentions]
    people = _people(named)
    names = []
    for at, words in named:
        person = _who(people, at, words)
        person.latest = at
        names.append(" ".join(person.name))
    return names


def _people(mentions: list[tuple[int, Words]]) -> list[Person]:
    people: list[Person] = []
    for at, words in sorted(mentions, key=lambda m: (-len(m[1]), m[0])):
        known = [p for p in people if may_be_called(p.name, words)]
        if not known:
            people.append(Person(words, at))
        elif len(known) == 1 and len(words) > 1:
            known[0].first = min(known[0].first, at)
        elif len(words) > 1 and not any(_same(p.name, words) for p in known):
            # "Maria Lopez" beside "Ana Maria Lopez" and "Maria Jose Lopez": better a third person than the wrong one.
            people.append(Person(words, at))
    return people


def _who(people: list[Person], at: int, words: Words) -> Person:
    fitting = [p for p in people if may_be_called(p.name, words)]
    exact = [p for p in fitting if _same(p.name, words)]
    candidates = exact or fitting
    named = [p for p in candidates if p.latest >= 0]
    return max(named, key=lambda p: p.latest) if named else min(candidates, key=lambda p: abs(p.first - at))


def _same(one: Words, other: Words) -> bool:
    return [fold(w) for w in one] == [fold(w) for w in other]
