"""Where a name begins and ends: the model's spans without titles and stray marks, and whole where it found a part."""

from collections.abc import Iterator
from typing import get_args

from spacy.tokens import Doc

from schemas.tables import EntityLabel
from transforms.parse.dateline import split_dateline
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.mentions import POSSESSIVES, VALUES, Mention, text_of
from transforms.tag.entities.name_words import name_words
from transforms.tag.entities.names import leading_titles

_LABELS = frozenset(get_args(EntityLabel))
# Labels of other pipelines (CoNLL, OntoNotes); None is dropped.
_SYNONYMS: dict[str, str | None] = {"PER": "PERSON", "MISC": None, "WORK_OF_ART": None, "LANGUAGE": "NORP"}
_EDGES = POSSESSIVES | {*'-\u2013\u2014,.()"\u201c\u201d\u2018\n', "the", "The", "a", "an", "and", "of"}
# "Kremlin-backed", "Putin-era": what a hyphen joins to a name without being part of it.
_COMPOUNDS = frozenset({"led", "based", "era", "style", "backed", "like", "run", "linked", "born", "controlled"})


def found_by_model(doc: Doc) -> list[Mention]:
    """The entities of the pipeline under the labels of the table, trimmed; other labels are dropped."""
    mentions = []
    for span in doc.ents:
        label = _SYNONYMS.get(span.label_, span.label_)
        if label is not None and label in _LABELS and (mention := _trimmed(doc, Mention(span.start, span.end, label))):
            mentions.append(mention)
    return mentions


def joined(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Mentions in order, with those joined that are one name.

    "Jordan" as a place before "Smith" as a person is one person; a nationality before an organisation of a general
    kind belongs to it ("Thai" "Border Police"), and so does what "of" adds ("Armed Forces" of the Philippines).
    """
    last: Mention | None = None
    for mention in mentions:
        if last is not None and mention.start < last.end:
            continue
        if last is not None and (label := _one_name(doc, last, mention, gazetteer)):
            last = with_complement(doc, Mention(last.start, mention.end, label))
            continue
        if last is not None:
            yield last
        last = with_complement(doc, mention)
    if last is not None:
        yield last


def with_complement(doc: Doc, mention: Mention) -> Mention:
    """An organisation of a general kind with what says which: capitalised words after "of" or "for"."""
    if mention.label != "ORG" or doc[mention.end - 1].lower_ not in name_words().bodies:
        return mention
    at = mention.end
    if at < len(doc) and doc[at].lower_ in {"of", "for"}:
        at += 1
        at += at < len(doc) and doc[at].lower_ == "the"
    end = at
    while end < len(doc) and doc[end].is_title:
        end += 1
    return Mention(mention.start, end if end > at > mention.end else mention.end, "ORG")


def dateline(doc: Doc) -> list[Mention]:
    """The place in capitals that a dateline opens with: "LAGOS, Nigeria (Reuters) -" names LAGOS."""
    body = split_dateline(doc.text).body_start
    start = next((t.i for t in doc if not t.is_space), len(doc))
    end = start
    while end < len(doc) and doc[end].idx < body and doc[end].is_upper and doc[end].is_alpha:
        end += 1
    return [Mention(start, end, "GPE")] if end > start else []


def _trimmed(doc: Doc, mention: Mention) -> Mention | None:
    start, end, label = mention.start, mention.end, mention.label
    if label in VALUES:
        return mention
    while start < end and _is_edge(doc, start):
        start += 1
    while start < end and _is_edge(doc, end - 1) and not _abbreviates(doc, end):
        end -= 1
    if end - start > 2 and doc[end - 1].text == "s" and doc[end - 2].text in POSSESSIVES:  # "Nairobi 's" in two
        end -= 2
    while label == "ORG" and end - start > 1 and doc[end - 1].text in name_words().titles:  # "JPMorgan analyst"
        end -= 1
    if label == "PERSON":
        start, end = _with_hyphens(doc, start, end)
        start += leading_titles([t.text for t in doc[start:end]])
    if not any(c.isalnum() for c in doc[start:end].text) or _is_title_alone(doc, start, end, label):
        return None
    return Mention(start, end, label)


def _is_edge(doc: Doc, at: int) -> bool:
    return doc[at].text in _EDGES or doc[at].is_space


def _is_title_alone(doc: Doc, start: int, end: int, label: str) -> bool:
    return label == "PERSON" and end - start == 1 and doc[start].lower_.rstrip(".") in name_words().titles


def _with_hyphens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The borders of a person's name moved over the hyphens it hangs on: tokens end at them, names do not."""
    while end + 1 < len(doc) and _glues(doc, end):
        if not doc[end + 1].is_alpha or doc[end + 1].lower_ in _COMPOUNDS:
            break
        end += 2
    while start >= 2 and _glues(doc, start - 1) and doc[start - 2].is_title:
        start -= 2
    return start, end


def _glues(doc: Doc, at: int) -> bool:
    return doc[at].text == "-" and not doc[at - 1].whitespace_ and not doc[at].whitespace_


def _abbreviates(doc: Doc, end: int) -> bool:
    """Whether the full stop before `end` belongs to an initial."""
    return doc[end - 1].text == "." and end >= 2 and len(doc[end - 2].text) == 1


def _one_name(doc: Doc, one: Mention, other: Mention, gazetteer: Gazetteer) -> str | None:
    if one.end != other.start or not doc[one.end - 1].whitespace_:
        return None
    people = bool(gazetteer.countries.of_demonym(text_of(doc, one)))
    if one.label == "GPE" and other.label == "PERSON" and not people:
        return "PERSON"
    if people and other.label == "ORG" and doc[other.end - 1].lower_ in name_words().bodies:
        return "ORG"
    return None
