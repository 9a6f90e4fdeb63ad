"""The names in a document: what the model found, put right by what is known of names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from spacy.tokens import Doc

from schemas.tables import EntityLabel
from transforms.parse.dateline import split_dateline
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.name_words import name_words
from transforms.tag.entities.names import leading_titles

_LABELS = frozenset(get_args(EntityLabel))
# Labels of other pipelines (CoNLL, OntoNotes); None is dropped.
_SYNONYMS: dict[str, str | None] = {"PER": "PERSON", "MISC": None, "WORK_OF_ART": None, "LANGUAGE": "NORP"}
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_VALUES = frozenset({"DATE", "MONEY", "LAW"})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019", "\u2018s"})
_EDGES = _POSSESSIVES | {*'-\u2013\u2014,.()"\u201c\u201d\u2018\n', "the", "The", "a", "an", "and", "of"}


@dataclass(slots=True)
class Mention:
    """A name in a document: tokens `start` to `end` (exclusive) under a label."""

    start: int
    end: int
    label: str


def found_by_model(doc: Doc) -> list[Mention]:
    """The entities of the pipeline under the labels of the table, trimmed; other labels are dropped."""
    mentions = []
    for span in doc.ents:
        label = _SYNONYMS.get(span.label_, span.label_)
        if label is not None and label in _LABELS and (mention := _trimmed(doc, span.start, span.end, label)):
            mentions.append(mention)
    return mentions


def put_right(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The mentions with certain labels and borders: known names, people before surnames, facilities, datelines."""
    mentions = list(_joined(doc, mentions, gazetteer))
    for mention in mentions:
        if mention.label not in _VALUES:
            mention.label = _known_label(doc, mention, gazetteer)
            if mention.label in _PLACES and _names_facility(doc, mention, gazetteer):
                mention.label = "FAC"
    return mentions


def dateline(doc: Doc) -> list[Mention]:
    """The place in capitals that a dateline opens with: "LAGOS, Nigeria (Reuters) -" names LAGOS."""
    body = split_dateline(doc.text).body_start
    start = next((t.i for t in doc if not t.is_space), len(doc))
    end = start
    while end < len(doc) and doc[end].idx < body and doc[end].is_upper and doc[end].is_alpha:
        end += 1
    return [Mention(start, end, "GPE")] if end > start else []


def overridden(mentions: list[Mention], certain: list[Mention]) -> list[Mention]:
    """Mentions in order, where certain ones take the place of those they overlap."""
    taken = {i for m in certain for i in range(m.start, m.end)}
    kept = [m for m in mentions if taken.isdisjoint(range(m.start, m.end))]
    return sorted([*kept, *certain], key=lambda m: m.start)


def free_of(mentions: Iterable[Mention], length: int) -> list[bool]:
    """For each token of a document, whether no mention covers it."""
    free = [True] * length
    for mention in mentions:
        for i in range(mention.start, mention.end):
            free[i] = False
    return free


def words(doc: Doc, mention: Mention) -> list[str]:
    """The words of a mention; a hyphen between two words joins them ("Lee Do-hoon" is two words)."""
    joined: list[str] = []
    glue = False
    for token in doc[mention.start : mention.end]:
        if token.is_space:
            continue
        if glue or (joined and token.text in {"-", "\u2013"} and not doc[token.i - 1].whitespace_):
            joined[-1] += "-" if token.text == "\u2013" else token.text
            glue = token.text in {"-", "\u2013"} and not token.whitespace_
        else:
            joined.append(token.text)
    return joined


def text_of(doc: Doc, mention: Mention) -> str:
    """A mention as it stands in the text."""
    return doc[mention.start : mention.end].text


def _trimmed(doc: Doc, start: int, end: int, label: str) -> Mention | None:
    if label in _VALUES:
        return Mention(start, end, label)
    while start < end and (doc[start].text in _EDGES or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in _EDGES or doc[end - 1].is_space) and not _abbreviates(doc, end):
        end -= 1
    if label == "PERSON":
        start += leading_titles([t.text for t in doc[start:end]])
    if start >= end or not any(c.isalnum() for c in doc[start:end].text):
        return None
    if (
        end - start == 1
        and label == "PERSON"
        and doc[start].lower_.rstrip(".") in name_words().titles
        and doc[start].text != "Pope"
    ):
        return None
    return Mention(start, end, label)


def _abbreviates(doc: Doc, end: int) -> bool:
    """Whether the full stop before `end` belongs to an initial."""
    return doc[end - 1].text == "." and end >= 2 and len(doc[end - 2].text) == 1


def _joined(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Mentions in order; "Jordan" as a place before "Smith" as a person becomes one person."""
    index = 0
    while index < len(mentions):
        mention = mentions[index]
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if (
            following
            and mention.label == "GPE"
            and following.label == "PERSON"
            and mention.end == following.start
            and doc[mention.end - 1].whitespace_
            and not gazetteer.countries.of_demonym(text_of(doc, mention))
        ):
            yield Mention(mention.start, following.end, "PERSON")
            index += 2
            continue
        yield mention
        index += 1


def _known_label(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> str:
    text, countries = text_of(doc, mention), gazetteer.countries
    if known := gazetteer.known(text):
        return known.label
    if countries.of_demonym(text):
        return "NORP"
    if countries.of_name(text) and not (mention.label == "PERSON" and countries.cautious(text)):
        return "GPE"
    if countries.of_capital(text) and mention.label not in {"PERSON", "ORG"}:
        return "GPE"
    return "ORG" if countries.of_body(text) and mention.label != "PERSON" else mention.label


def _names_facility(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a kind of building follows a place name that is no city or country ("Evin prison")."""
    text = text_of(doc, mention)
    if gazetteer.countries.of_name(text) or gazetteer.countries.of_capital(text):
        return False
    after = [t.text for t in doc[mention.end : mention.end + 2]]
    return " ".join(after) in name_words().facilities or (bool(after) and after[0] in name_words().facilities)
