"""One name, one label in a document; and the mentions of a known name that the model missed."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc

from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.mentions import Mention, free_of, text_of, words
from transforms.tag.entities.names import fold, surname

_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"})
_BEFORE_PLACES = frozenset({"in", "to", "from", "across", "near", "at", "into", "outside", "around"})


def one_label_per_name(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Gives every mention of one name the label most of its mentions have; certain names keep theirs.

    A single word that is the surname of somebody in the document is that person.
    """
    surnames = {surname(words(doc, m)) for m in mentions if m.label == "PERSON" and m.end - m.start > 1}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.label in _NAMES:
            votes[_key(doc, mention)][mention.label] += 1
    for mention in mentions:
        key = _key(doc, mention)
        if mention.label not in _NAMES or _certain(doc, mention, gazetteer):
            continue
        if key in surnames and not _stands_as_place(doc, mention, gazetteer):
            mention.label = "PERSON"
        else:
            # The first label counted wins a tie: names are introduced in full, with their context.
            mention.label = votes[key].most_common(1)[0][0]


def whole_countries(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Names of several words that are beyond doubt, where the model found only a part: "Republic of Korea"."""
    tokens = [t.text for t in doc]
    whole = [m for m in _countries(tokens, [True] * len(tokens), gazetteer) if m.end - m.start > 1]
    return [w for w in whole if not any(m.start < w.end and w.start < m.end and not _contains(w, m) for m in mentions)]


def missed(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Further mentions: of names found elsewhere, of the user's entities, of countries and nationalities."""
    found = [*mentions]
    free = free_of(found, len(doc))
    tokens = [t.text for t in doc]
    for more in (
        _phrases(tokens, free, _spellings(doc, mentions, gazetteer)),
        _countries(tokens, free, gazetteer),
    ):
        found += more
        for mention in more:
            for i in range(mention.start, mention.end):
                free[i] = False
    return sorted(found, key=lambda m: m.start)


def _contains(whole: Mention, part: Mention) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _spellings(
    doc: Doc, mentions: Iterable[Mention], gazetteer: Gazetteer
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First token to (tokens, label) of every name worth searching, longest first."""
    names: dict[tuple[str, ...], str] = {}
    for mention in mentions:
        tokens = tuple(t.text for t in doc[mention.start : mention.end])
        if mention.label in _NAMES and (len(tokens) > 1 or (len(tokens[0]) > 2 and tokens[0][0].isupper())):
            names.setdefault(tokens, mention.label)
        if mention.label == "PERSON" and len(tokens) > 1:
            family = tokens[-1] if fold(tokens[-1]) == surname(words(doc, mention)) else tokens[0]
            if len(family) > 2 and family[0].isupper() and fold(family) == surname(words(doc, mention)):
                names.setdefault((family,), "PERSON")
    names |= gazetteer.phrases
    by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_first[name[0]].append((name, names[name]))
    return by_first


def _phrases(
    tokens: list[str], free: list[bool], spellings: dict[str, list[tuple[tuple[str, ...], str]]]
) -> list[Mention]:
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        for name, label in spellings.get(tokens[index], ()):
            end = index + len(name)
            if tuple(tokens[index:end]) == name and all(free[index:end]) and not _inside_name(tokens, index, end):
                found.append(Mention(index, end, label))
                index = end - 1
                break
        index += 1
    return found


def _countries(tokens: list[str], free: list[bool], gazetteer: Gazetteer) -> list[Mention]:
    found: list[Mention] = []
    countries = gazetteer.countries
    index = 0
    while index < len(tokens):
        match = countries.longest_at(tokens, index)
        if match is not None:
            end, label = match
            cautious = countries.cautious(" ".join(tokens[index:end])) and tokens[index - 1] not in _BEFORE_PLACES
            if label and all(free[index:end]) and not cautious:
                found.append(Mention(index, end, label))
            index = end
        else:
            index += 1
    return found


def _inside_name(tokens: list[str], start: int, end: int) -> bool:
    """Whether a capitalised word right after makes a one-word match the beginning of a longer name."""
    after = tokens[end] if end < len(tokens) else ""
    return end - start == 1 and after[:1].isupper() and after.isalpha()


def _key(doc: Doc, mention: Mention) -> str:
    return fold(text_of(doc, mention))


def _certain(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    text = text_of(doc, mention)
    if gazetteer.known(text):
        return True
    return bool(gazetteer.countries.of_name(text)) and not gazetteer.countries.cautious(text)


def _stands_as_place(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    if mention.label != "GPE":
        return False
    known = gazetteer.countries.of_name(text_of(doc, mention)) or gazetteer.countries.of_capital(text_of(doc, mention))
    return bool(known) and mention.start > 0 and doc[mention.start - 1].lower_ in _BEFORE_PLACES
