"""How well names and countries are found, on labelled wire copy; the core of `casewire evaluate entities`."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from schemas.figure import Figure
from transforms.tag.entities.gazetteer import Gazetteer, load_gazetteer
from transforms.tag.entities.labelled import Spans, gold, read_marked
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.entities.records import countries_of, entities_of

_HERE = files("transforms.tag.entities")
_OWN = "wire copy written for evaluation (transforms/tag/entities/evaluation.txt), not trained on"
_WORLD = "ner/dev_worldwide.spacy, evaluation only; its errors were read while rules were written"
_PLACES = {"GPE", "LOC", "FAC"}
# What the worldwide corpus annotates; the rest of our labels cannot be judged on it.
_WORLD_LABELS = frozenset({"PERSON", "ORG", "PLACE", "NORP", "DATE"})


@dataclass(frozen=True)
class MarkedStory:
    """A story with its names and countries marked by a reader."""

    text: str
    spans: Spans
    countries: frozenset[str]


@dataclass
class Counts:
    """Right, wrong and missed mentions by label."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    def f1(self, label: str | None = None) -> float:
        """F1 of one label, or of all, 0 to 1."""
        right, wrong, missed = (c[label] if label else c.total() for c in (self.right, self.wrong, self.missed))
        return 2 * right / (2 * right + wrong + missed) if right else 0.0


def marked_stories(text: str) -> Iterator[MarkedStory]:
    """The stories of an evaluation file: apart by blank lines, each after a line "= KR RU" of its countries."""
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            body, spans = read_marked("\n".join(lines[1:]))
            yield MarkedStory(body, spans, frozenset(lines[0].removeprefix("=").split()))


def figures(data: Path) -> list[Figure]:
    """Every figure with its floor; those of corpora outside the repository only where the folder holds them.

    Args:
        data: folder of the corpora; `ner/dev_worldwide.spacy` is looked for in it.
    """
    floors: dict[str, float] = tomllib.loads(_HERE.joinpath("floors.toml").read_text(encoding="utf-8"))
    nlp, gazetteer = load_pipeline(), load_gazetteer()
    measured = dict(_own_figures(nlp, gazetteer))
    world = data / "ner" / "dev_worldwide.spacy"
    if world.exists():
        measured |= _world_figures(nlp, gazetteer, world)
    return [
        Figure(name, value, floors.get(name, 0.0), _WORLD if name.startswith("world") else _OWN)
        for name, value in measured.items()
    ]


def _own_figures(nlp: Language, gazetteer: Gazetteer) -> Iterator[tuple[str, float]]:
    stories = list(marked_stories(_HERE.joinpath("evaluation.txt").read_text(encoding="utf-8")))
    docs = list(nlp.pipe(story.text for story in stories))
    found = [entities_of(doc, gazetteer) for doc in docs]
    counts = _counted(
        (
            {(s, e): _merged(label) for s, e, label in story.spans},
            {(e.start, e.end): _merged(e.label) for e in entities},
        )
        for story, entities in zip(stories, found, strict=True)
    )
    yield "entities F1", counts.f1()
    for label in ("PERSON", "ORG", "PLACE", "NORP", "DATE", "MONEY"):
        yield f"entities F1 {label}", counts.f1(label)
    right = sum(set(countries_of(e, gazetteer)) == s.countries for s, e in zip(stories, found, strict=True))
    yield "stories with the right countries", right / len(stories)


def _world_figures(nlp: Language, gazetteer: Gazetteer, path: Path) -> dict[str, float]:
    golds = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    blank = [Doc(nlp.vocab, words=[t.text for t in g], spaces=[bool(t.whitespace_) for t in g]) for g in golds]
    counts = _counted(_judged(g, doc, gazetteer) for g, doc in zip(golds, nlp.pipe(blank), strict=True))
    scores = {"worldwide F1": counts.f1()}
    return scores | {f"worldwide F1 {label}": counts.f1(label) for label in sorted(_WORLD_LABELS)}


def _judged(
    truth: Doc, doc: Doc, gazetteer: Gazetteer
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    unknown = [t.idx for t in truth if t.ent_iob == 0]
    expected = {(e.start_char, e.end_char): _merged(e.label_) for e in truth.ents}
    found = {(e.start, e.end): _merged(e.label) for e in entities_of(doc, gazetteer)}
    return expected, {
        span: label
        for span, label in found.items()
        if label in _WORLD_LABELS and not any(span[0] <= at < span[1] for at in unknown)
    }


def _merged(label: str) -> str:
    return "PLACE" if label in _PLACES else label


def _counted(pairs: Iterable[tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]]) -> Counts:
    counts = Counts(Counter(), Counter(), Counter())
    for expected, found in pairs:
        for span, label in found.items():
            (counts.right if expected.get(span) == label else counts.wrong)[label] += 1
        counts.missed.update(label for span, label in expected.items() if found.get(span) != label)
    return counts


def own_documents(nlp: Language) -> list[Doc]:
    """The evaluation stories as documents with their entities, for spaCy's own scorer."""
    text = _HERE.joinpath("evaluation.txt").read_text(encoding="utf-8")
    return [gold(nlp, story.text, story.spans) for story in marked_stories(text)]
