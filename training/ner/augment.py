"""The same sentences with other names, datelines and quotation marks, so that rare names are no excuse."""

import random
import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from training.ner.naming import Namer

_AGENCIES = ["Reuters", "AP", "AFP", "Xinhua", "TASS", "Yonhap", "dpa", "EFE", "ANI", "PTI", "Kyodo", "ANSA", "Bernama"]
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


@dataclass
class Text:
    """Characters, entities and gaps of a document under construction; missing spans carry the label ""."""

    text: str
    spans: list[tuple[int, int, str]]


def as_text(doc: Doc) -> Text:
    """A document as characters; what is not annotated becomes spans without label."""
    spans = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
    spans += [(t.idx, t.idx + len(t), "") for t in doc if t.ent_iob == 0]
    return Text(doc.text, sorted(spans))


def as_doc(nlp: Language, text: Text) -> Doc:
    """The document again; a span that no longer fits the tokens becomes missing."""
    doc = nlp.make_doc(text.text)
    entities: list[Span] = []
    missing: list[Span] = []
    taken = 0
    for start, end, label in text.spans:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or span.start < taken:
            continue
        exact = label and span.start_char == start and span.end_char == end
        (entities if exact else missing).append(span)
        taken = span.end
    doc.set_ents(entities, missing=missing, default="outside")
    return doc


def replaced(text: Text, labels: dict[str, float], namer: Namer, draw: random.Random) -> Text:
    """The text with names drawn anew, one for one: everybody called Smith gets the same new surname.

    Args:
        text: what to change.
        labels: for each label the share of its names to replace.
        namer: where names come from.
        draw: source of randomness.
    """
    renamed = _new_names(text, labels, namer, draw)
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, label in text.spans:
        parts.append(text.text[at:start])
        length += start - at
        old = text.text[start:end]
        new = renamed.get((label, old), old)
        parts.append(new)
        spans.append((length, length + len(new), label))
        length += len(new)
        at = end
    parts.append(text.text[at:])
    return Text("".join(parts), spans)


def dated(text: Text, namer: Namer, draw: random.Random) -> Text:
    """The text behind a dateline."""
    place = namer.place(draw)
    agency = draw.choice(_AGENCIES)
    day = f"{draw.choice(_MONTHS)} {draw.randint(1, 28)}"
    shape = draw.choice(
        [
            "{p} ({a}) - ",
            "{p} ({a}) — ",
            "{p} — ",
            "{p}, {d} ({a}) -- ",
            "{p} - ",
            "{p}, {c} ({a}) — ",
            "{p}, {c} — ",
            "{p}, {d} ({a}) \u2013 ",
        ]
    )
    country = namer.countries.rows[draw.randrange(len(namer.countries.rows))].name
    fields = {"p": place.upper() if draw.random() < 0.9 else place, "c": country, "a": agency, "d": day}
    spans: list[tuple[int, int, str]] = []
    built = ""
    labels = {"p": "GPE", "c": "GPE", "a": "ORG", "d": ""}
    for piece in shape.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if piece[:1] == "{":
            value = fields[piece[1]]
            if labels[piece[1]]:
                spans.append((len(built), len(built) + len(value), labels[piece[1]]))
            built += value
        else:
            built += piece
    moved = [(s + len(built), e + len(built), label) for s, e, label in text.spans]
    return Text(built + text.text, spans + moved)


def typographic(text: Text) -> Text:
    """The text with curly apostrophes and quotation marks; every offset stays."""
    curly = text.text.replace("'", "\u2019")
    opened = True
    out = []
    for char in curly:
        if char == '"':
            out.append("\u201c" if opened else "\u201d")
            opened = not opened
        else:
            out.append(char)
    return Text("".join(out), text.spans)


def spaced(text: Text) -> Text:
    """The text with its possessives set apart, as careless sites print them: "Nairobi \u2019 s"."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, label in text.spans:
        before = _POSSESSIVE.sub(" \u2019 s", text.text[at:start])
        parts += [before, text.text[start:end]]
        length += len(before)
        spans.append((length, length + end - start, label))
        length += end - start
        at = end
    return Text("".join(parts) + _POSSESSIVE.sub(" \u2019 s", text.text[at:]), spans)


def _new_names(text: Text, labels: dict[str, float], namer: Namer, draw: random.Random) -> dict[tuple[str, str], str]:
    renamed: dict[tuple[str, str], str] = {}
    surnames: dict[str, str] = {}
    names = dict.fromkeys((label, text.text[s:e]) for s, e, label in text.spans)
    for label, old in sorted(names, key=lambda n: -len(n[1].split())):
        if label not in labels or draw.random() >= labels[label]:
            continue
        if label == "PERSON":
            renamed[label, old] = _person(old, surnames, namer, draw)
        elif label == "GPE" and "." not in old:
            renamed[label, old] = namer.place(draw)
        elif label == "NORP" and namer.countries.of_demonym(old):
            new = namer.people(draw)
            renamed[label, old] = new + "s" if old.endswith("ns") and new.endswith("n") else new
        elif label == "ORG":
            renamed[label, old] = namer.organisation(draw)
    return {key: new.upper() if key[1].isupper() and len(key[1]) > 5 else new for key, new in renamed.items()}


def _person(old: str, surnames: dict[str, str], namer: Namer, draw: random.Random) -> str:
    words = old.split()
    full, family = namer.person(draw)
    if len(words) > 1:
        surnames[words[-1]] = family
        surnames.setdefault(words[0], family if draw.random() < 0.5 else full.split()[0])
        return full
    return surnames.setdefault(old, family)
