"""What kind of name a mention is, where its words and neighbours leave no doubt."""

from functools import cache
from importlib.resources import files

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


def _told_by_words(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> str:  # noqa: PLR0911 -- a list of tells
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
    if _is_person(doc, mention, gazetteer):
        return "PERSON"
    if mention.label in PLACES and not gazetteer.countries.is_place(text_of(doc, mention)):
        return _kind_of_unknown_place(doc, mention)
    return mention.label


def _is_person(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether an age follows ("Remco Tazelaar, 44, a former"), or a given name opens two or more words."""
    words = [t.text for t in doc[mention.start : mention.end]]
    following = [t.text for t in doc[mention.end : mention.end + 3]]
    if len(words) < 2 or mention.label not in {*PLACES, "ORG"} or gazetteer.countries.is_place(text_of(doc, mention)):
        return False
    aged = len(following) == 3 and following[0] == "," and following[1].isdigit() and 10 <= int(following[1]) <= 99
    if aged and following[2] in {",", "."}:
        return True
    # Firms are called after people too: there only a given name and one more word.
    longest = 2 if mention.label == "ORG" else 4
    capital = all(word[0].isupper() and not word.isupper() for word in words)
    return len(words) <= longest and words[0] in given_names() and capital


@cache
def given_names() -> frozenset[str]:
    """Given names that are no places, of every region."""
    return frozenset(files("schemas").joinpath("data/given_names.txt").read_text(encoding="utf-8").split())


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
