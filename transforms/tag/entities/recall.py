"""Mentions that the model missed, and names of which it found a part."""

from collections.abc import Iterable, Iterator
from itertools import chain

from spacy.tokens import Doc

from transforms.tag.entities.borders import with_complement
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.labels import in_brackets
from transforms.tag.entities.mentions import PLACE_PREPOSITIONS, Mention, free_of, words_of
from transforms.tag.entities.name_words import name_words
from transforms.tag.entities.names import fold, surname
from transforms.tag.entities.spelling import Phrases, indexed

_REPEATED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"})


def missed(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """All mentions in order: those given, and what was missed of names found elsewhere, institutions, countries."""
    tokens = [t.text for t in doc]
    found = [*mentions]
    free = free_of(found, len(doc))
    for mention in chain(
        _institutions(doc, free),
        _abbreviations(doc, mentions),
        matches(tokens, indexed(_names_in(doc, mentions))),
        matches(tokens, gazetteer.organisation_phrases),
        _countries(tokens, gazetteer),
    ):
        if all(free[mention.start : mention.end]):
            found.append(mention)
            free[mention.start : mention.end] = [False] * len(mention)
    return sorted(found, key=lambda m: m.start)


def whole_countries(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Countries of several words of which the model found no more than a part: "Republic of Korea"."""
    whole = [m for m in _countries([t.text for t in doc], gazetteer) if len(m) > 1]
    return [w for w in whole if not any(w.overlaps(m) and not w.contains(m) for m in mentions)]


def matches(tokens: list[str], phrases: Phrases) -> Iterator[Mention]:
    """Where the phrases stand in a text, longest first; a single word that begins a longer name does not count."""
    index = 0
    while index < len(tokens):
        for phrase, label in phrases.get(tokens[index], ()):
            end = index + len(phrase)
            if tuple(tokens[index:end]) == phrase and not _begins_longer(tokens, index, end):
                yield Mention(index, end, label)
                index = end - 1
                break
        index += 1


def _names_in(doc: Doc, mentions: Iterable[Mention]) -> dict[tuple[str, ...], str]:
    """The names found, and the surnames of the people among them."""
    names: dict[tuple[str, ...], str] = {}
    for mention in mentions:
        tokens = tuple(t.text for t in doc[mention.start : mention.end])
        if mention.label in _REPEATED and (len(tokens) > 1 or _is_name(tokens[0])):
            names.setdefault(tokens, mention.label)
        if mention.label == "PERSON" and len(tokens) > 1:
            family = surname(words_of(doc, mention))
            names.update({(t,): "PERSON" for t in (tokens[0], tokens[-1]) if fold(t) == family and _is_name(t)})
    return names


def _is_name(token: str) -> bool:
    return len(token) > 2 and token[0].isupper()


def _begins_longer(tokens: list[str], start: int, end: int) -> bool:
    after = tokens[end] if end < len(tokens) else ""
    return end - start == 1 and after[:1].isupper() and after.isalpha()


def _institutions(doc: Doc, free: list[bool]) -> Iterator[Mention]:
    """Capitalised words up to a general kind of organisation: "Open Hands Foundation"."""
    bodies = name_words().bodies
    for token in doc:
        if not token.is_title or token.lower_ not in bodies or not free[token.i]:
            continue
        start = token.i
        while start > 0 and free[start - 1] and doc[start - 1].is_title and doc[start - 1].text != "The":
            start -= 1
        if token.i - start >= 2:
            yield with_complement(doc, Mention(start, token.i + 1, "ORG"))


def _abbreviations(doc: Doc, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """A capitalised word in brackets right after an organisation."""
    for mention in mentions:
        short = Mention(mention.end + 1, mention.end + 2, "ORG")
        if mention.label == "ORG" and in_brackets(doc, short) and doc[short.start].text[0].isupper():
            yield short


def _countries(tokens: list[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Countries and nationalities; cities and names with other meanings only after "in", "from" and the like."""
    countries = gazetteer.countries
    index = 0
    while index < len(tokens):
        match = countries.longest_at(tokens, index)
        if match is None:
            index += 1
            continue
        end, label = match
        placed = index > 0 and tokens[index - 1].lower() in PLACE_PREPOSITIONS
        doubtful = label == "CITY" or countries.cautious(" ".join(tokens[index:end]))
        if label and (placed or not doubtful):
            yield Mention(index, end, "GPE" if label == "CITY" else label)
        index = end
