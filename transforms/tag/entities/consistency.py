"""One name, one label in a document."""

from collections import Counter, defaultdict

from spacy.tokens import Doc

from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.mentions import PLACE_PREPOSITIONS, PLACES, Mention, text_of, words_of
from transforms.tag.entities.names import fold, surname

_VOTING = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"})


def one_label_per_name(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Gives every mention of one name the label most of its mentions have; certain names keep theirs.

    A single word that is the surname of somebody in the document is that person; and so is a full name whose surname
    the document uses for a person.
    """
    alone = {fold(text_of(doc, m)) for m in mentions if m.label == "PERSON" and len(m) == 1}
    for mention in mentions:
        if mention.label in PLACES and len(mention) > 1 and not _certain(doc, mention, gazetteer):
            mention.label = "PERSON" if surname(words_of(doc, mention)) in alone else mention.label
    surnames = {surname(words_of(doc, m)) for m in mentions if m.label == "PERSON" and len(m) > 1}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.label in _VOTING:
            votes[fold(text_of(doc, mention))][mention.label] += 1
    for mention in mentions:
        name = fold(text_of(doc, mention))
        if mention.label not in _VOTING or _certain(doc, mention, gazetteer):
            continue
        if name in surnames and not _stands_as_place(doc, mention, gazetteer):
            mention.label = "PERSON"
        else:
            # The first label counted wins a tie: names are introduced in full, with their context.
            mention.label = votes[name].most_common(1)[0][0]


def _certain(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    text = text_of(doc, mention)
    country = gazetteer.countries.of_name(text) and not gazetteer.countries.cautious(text)
    return bool(country or gazetteer.known(text))


def _stands_as_place(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    placed = mention.start > 0 and doc[mention.start - 1].lower_ in PLACE_PREPOSITIONS
    return mention.label == "GPE" and placed and gazetteer.countries.is_place(text_of(doc, mention))
