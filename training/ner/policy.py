"""The label policy: what the open corpora call a name, in the labels of this project.

The corpora merge countries, mountains and airports into one place label, leave nationalities out or call them anything,
and keep titles inside names. Everything here is a rule over single spans; doubtful spans become missing, never outside.
"""

import gzip
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc, Span

from transforms.tag.entities.countries import Countries

_WORDS = {
    kind: frozenset(words)
    for kind, words in tomllib.loads((Path(__file__).parent / "policy.toml").read_text(encoding="utf-8")).items()
}
# Titles that end the name of an office ("Ministry of Defence").
_OFFICES = frozenset({"state", "police", "justice", "interior", "defense", "defence", "staff"})
_EDGE = re.compile(r"^(?:the|of|and|in|for|from|at|,|'s|\u2019s|-|\.)$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"^(?:north|south|east|west|central|mid|upper|lower|greater)(?:ern|east|west|eastern|western)?-?$"
)


@dataclass(frozen=True)
class Places:
    """Which place names are countries, provinces and cities."""

    gazetteers: Path

    @cached_property
    def city_names(self) -> frozenset[str]:
        """Names of cities of more than 100,000 people (GeoNames), as written."""
        return frozenset(row[2] for row in self._rows if len(row) > 14 and row[14].isdigit() and int(row[14]) > 100_000)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Names of cities of more than 15,000 people, folded."""
        return frozenset(name.casefold() for row in self._rows if len(row) > 4 for name in (row[1], row[2]))

    @cached_property
    def _rows(self) -> list[list[str]]:
        with gzip.open(
            self.gazetteers / "geonames_cities15000_2012.txt.gz", "rt", encoding="utf-8", errors="ignore"
        ) as lines:
            return [line.rstrip("\n").split("\t") for line in lines]

    def label(self, text: str, countries: Countries) -> str:
        """GPE, LOC or FAC for a span that a corpus calls a place."""
        words = text.casefold().removeprefix("the ").split()
        name = " ".join(words)
        if countries.of_name(text) or countries.of_name(text.removeprefix("the ")):
            return "GPE"
        if name in _WORDS["regions"]:
            return "LOC"
        if words and (words[-1] in _WORDS["landscapes"] or words[0] in {"mount", "lake", "gulf", "cape", "strait"}):
            return "LOC" if name not in self.cities else "GPE"
        if len(words) > 1 and words[-1] in _WORDS["buildings"] and name not in self.cities:
            return "FAC"
        return "GPE"


def is_people(text: str, countries: Countries) -> bool:
    """Whether a text is a nationality, a religion or another people."""
    return bool(countries.of_demonym(text)) or text.casefold() in _WORDS["peoples"]


@dataclass(frozen=True)
class Policy:
    """Turns a corpus document into one with the labels of this project."""

    countries: Countries
    places: Places
    known: dict[str, str]
    """Names whose label is beyond doubt, as written."""

    def relabel(self, doc: Doc, *, silver: bool) -> Doc:
        """A copy of the document under the policy; `silver` corpora are mistrusted more."""
        kept: list[Span] = []
        missing = [doc[t.i : t.i + 1] for t in doc if t.ent_iob == 0]
        for span in doc.ents:
            if span.label_ == "DATE":
                continue
            decided = self._decide(span, silver=silver)
            if decided is not None and decided.label_:
                kept.append(decided)
            elif decided is not None:
                missing.append(span)
        peoples = list(self._peoples(doc))
        kept = [s for s in kept if not any(p.start <= s.start and s.end <= p.end for p in peoples)]
        taken = {t.i for s in kept for t in s}
        kept += [p for p in peoples if not taken & set(range(p.start, p.end))]
        taken = {t.i for s in kept for t in s}
        made = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        made.set_ents(
            [Span(made, s.start, s.end, label=s.label_) for s in kept],
            missing=[made[i : i + 1] for s in missing for i in range(s.start, s.end) if i not in taken],
            default="outside",
        )
        return made

    def _decide(self, span: Span, *, silver: bool) -> Span | None:
        """The span as it should be labelled; without a label where it is doubtful, None where it is no name."""
        span = _trimmed(span)
        if not len(span):
            return None
        label = self._beyond_doubt(span)
        if label is None and silver:
            span = _judged(span)
            label = span.label_
        label = span.label_ if label is None else label
        if label == "LOC":
            label = self.places.label(span.text, self.countries)
        return _labelled(span, "" if "\n" in span.text else label)

    def _beyond_doubt(self, span: Span) -> str | None:
        text = span.text
        if text in self.known:
            return self.known[text]
        if is_people(text, self.countries):
            return "NORP"
        return "GPE" if span.label_ != "PERSON" and self.countries.of_name(text) else None

    def _peoples(self, doc: Doc) -> Iterable[Span]:
        index = 0
        while index < len(doc):
            for width in (2, 1):
                span = doc[index : index + width]
                if len(span) == width and span.text[0].isupper() and is_people(span.text, self.countries):
                    # GMB cuts "South Korean" in two; a name that reaches beyond keeps its own label.
                    before = index > 0 and span[0].ent_iob_ == "I"
                    beyond = index + width < len(doc) and doc[index + width].ent_iob_ == "I"
                    if not before and not beyond:
                        yield Span(doc, span.start, span.end, label="NORP")
                        index += width - 1
                        break
            index += 1


def _trimmed(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (_EDGE.match(span.doc[start].text) or _DIRECTION.match(span.doc[start].text)):
        start += 1
    while end > start and _EDGE.match(span.doc[end - 1].text):
        end -= 1
    return Span(span.doc, start, end, label=span.label_)


def _judged(span: Span) -> Span:
    """A span of the silver corpus without titles; without label where it is more likely wrong than right."""
    titles = _WORDS["titles"]
    count = next((i for i, t in enumerate(span) if t.lower_.strip(".") not in titles), len(span))
    doubtful = count == len(span) or not any(c.isupper() for c in span.text)
    if span.label_ == "ORG" and not doubtful:
        if count:
            rest = span[count:]
            return _labelled(rest, "PERSON" if len(rest) <= 3 else "")
        ends_in_title = span[-1].lower_ in titles - _OFFICES
        doubtful = ends_in_title or (len(span) <= 4 and any(t.text in {"and", "who", "said"} for t in span))
    if doubtful:
        return _labelled(span, "")
    return _labelled(span[count:], "PERSON") if span.label_ == "PERSON" else span


def _labelled(span: Span, label: str) -> Span:
    return Span(span.doc, span.start, span.end, label=label)
