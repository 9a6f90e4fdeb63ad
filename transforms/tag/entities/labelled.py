"""Sentences with their names marked in brackets: "[PERSON Lee Do-hoon] arrived in [GPE Moscow]."."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

_MARK = re.compile(r"\[(?P<label>[A-Z]+) (?P<text>[^\[\]]+)\]")
Spans = list[tuple[int, int, str]]


def read_marked(line: str) -> tuple[str, Spans]:
    """The plain text of a marked sentence and its names as (start, end, label) in characters."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark["text"]), mark["label"]))
        text += mark["text"]
        at = mark.end()
    return text + line[at:], spans


def marked_lines(path: Path) -> Iterator[str]:
    """The sentences of a file: one a line; blank lines and lines that begin with # say nothing."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def gold(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Doc:
    """A document with these entities.

    Raises:
        ValueError: a mark cuts a token in two; the message shows where.
    """
    doc = nlp.make_doc(text)
    entities = []
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label)
        if span is None:
            raise ValueError(f"{text[start:end]!r} does not begin and end at a token in {text!r}; move the mark.")
        entities.append(span)
    doc.set_ents(entities)
    return doc
