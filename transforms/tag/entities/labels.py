"""What kind of name a mention is, where its words and neighbours leave no doubt."""

from functools import cache

from spacy.tokens import Doc

from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.mentions import PLACE_PREPOSITIONS, PLACES, POSSESSIVES, VALUES, Mention, text_of
from transforms.tag.entities.name_words import name_words

_ACTS = frozenset(
    {"said", "says", "told", "added", "denied", "wrote", "replied", "declined", "refused", "was", "has", "had"}
)


def put_right(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Relabels mentions: known names first, then what the last word, a title before or a building after tells."""
    organisation_ends = -1
    for mention in mentions:
        if mention.label in VALUES:
            continue
        mention.label = _known(doc, mention, gazetteer)
        mention.label = _told_by_words(doc, mention, gazetteer)
        if mention.start == organisation_ends + 1 and in_brackets(doc, mention):
            mention.label = "ORG"  # its abbreviation
        organisation_ends = mention.end if mention.label == "ORG" else -1


def in_brackets(doc: Doc, mention: Mention) -> bool:
    """Whether the mention is one word and all that stands between two brackets."""
    enclosed = mention.start > 0 and mention.end < len(doc)
    return enclosed and len(mention) == 1 and doc[mention.start - 1].text == "(" and doc[mention.end].text == ")"


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
    if gazetteer.known(text_of(doc, mention)):
        return mention.label
    last = doc[mention.end - 1]
    before = doc[mention.start - 1].lower_.rstrip(".") if mention.start else ""
    if before in name_words().personal_titles and mention.label != "NORP":
        return "PERSON"
    if len(mention) > 1 and last.is_title and (kind := _kinds().get(last.lower_)):
        return kind
    if [t.text for t in doc[mention.end : mention.end + 2]] == ["-", "based"]:
        return "GPE"
    if mention.label in PLACES and not gazetteer.countries.is_place(text_of(doc, mention)):
        return _kind_of_unknown_place(doc, mention)
    return mention.label


@cache
def _kinds() -> dict[str, str]:
    """What the last word of a name makes of it."""
    words = name_words()
    kinds = (
        (words.bodies, "ORG"),
        (words.laws, "LAW"),
        (words.districts, "GPE"),
        (words.landforms, "LOC"),
        (words.buildings, "FAC"),
    )
    return {word: label for group, label in kinds for word in group}


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
