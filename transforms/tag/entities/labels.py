"""What kind of name a mention is, where its words and neighbours leave no doubt."""

from spacy.tokens import Doc

from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.mentions import PLACE_PREPOSITIONS, PLACES, POSSESSIVES, VALUES, Mention, text_of
from transforms.tag.entities.name_words import name_words

_ACTS = frozenset(
    {"said", "says", "told", "added", "denied", "wrote", "replied", "declined", "refused", "was", "has", "had"}
)


def put_right(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Relabels mentions: known names first, then what the last word, a title before or a building after tells."""
    for mention in mentions:
        if mention.label not in VALUES:
            mention.label = _known(doc, mention, gazetteer)
            mention.label = _told_by_words(doc, mention, gazetteer)


def _known(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> str:
    text, countries = text_of(doc, mention), gazetteer.countries
    if known := gazetteer.known(text):
        return known.label
    if countries.of_demonym(text):
        return "NORP"
    if countries.of_name(text) and not (mention.label == "PERSON" and countries.cautious(text)):
        return "GPE"
    if mention.label not in {"PERSON", "ORG"} and countries.is_place(text):
        return "GPE"
    return "ORG" if countries.of_body(text) and mention.label != "PERSON" else mention.label


def _told_by_words(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> str:
    kinds = name_words()
    last = doc[mention.end - 1]
    before = doc[mention.start - 1].lower_.rstrip(".") if mention.start else ""
    if before in kinds.personal_titles and mention.label != "NORP" and not gazetteer.known(text_of(doc, mention)):
        return "PERSON"
    if len(mention) > 1 and last.is_title:
        if last.lower_ in kinds.buildings:
            return "FAC"
        if last.lower_ in kinds.bodies:
            return "ORG"
    if mention.label in PLACES and not gazetteer.countries.is_place(text_of(doc, mention)):
        return _kind_of_unknown_place(doc, mention)
    return mention.label


def _kind_of_unknown_place(doc: Doc, mention: Mention) -> str:
    """FAC before a kind of building ("Evin prison"); PERSON for one word that owns or says something."""
    following = [t.text for t in doc[mention.end : mention.end + 2]]
    if not following:
        return mention.label
    if {following[0], " ".join(following)} & name_words().facilities:
        return "FAC"
    placed = mention.start > 0 and doc[mention.start - 1].lower_ in PLACE_PREPOSITIONS
    acts = following[0] in POSSESSIVES or following[0] in _ACTS
    return "PERSON" if acts and not placed and len(mention) == 1 and mention.label == "GPE" else mention.label
