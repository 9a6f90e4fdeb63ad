"""How well topics are tagged, on news a reader labelled; the core of `casewire evaluate topics`."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from spacy.language import Language

from schemas.figure import Figure
from schemas.taxonomy import Taxonomy
from transforms.tag.entities.gazetteer import load_gazetteer
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.entities.records import entities_of
from transforms.tag.topics.labelled import CORE, LabelledText, labelled_texts
from transforms.tag.topics.tagger import TopicTagger

_LABELS = "US news, labels.tsv"
_SNIPPETS = "topics/case2021_task2_test.tsv; its misses were read once while rules were written"
_EVENTS = {
    "ARREST": {"arrest", "detention"},
    "DIPLO": {"diplomatic-talks", "diplomatic-protest", "diplomat-expulsion", "sanctions"},
}
"""Event types of CASE 2021 and the topics that stand for them."""
_ENOUGH = 5  # texts that have a topic, for a figure of its own


def figures(data: Path) -> list[Figure]:
    """Every figure with its floor.

    Args:
        data: folder of the corpora.
    """
    floors: dict[str, float] = tomllib.loads(
        files("transforms.tag.topics").joinpath("floors.toml").read_text(encoding="utf-8")
    )
    nlp = load_pipeline()
    tagger = TopicTagger(Taxonomy.load(), nlp.vocab)
    texts = list(labelled_texts(data))
    measured = [*_on_labels(nlp, tagger, texts), *_agreement(texts), *_on_snippets(nlp, tagger, data)]
    return [Figure(name, value, floors[name], detail) for name, value, detail in measured]


def _on_labels(nlp: Language, tagger: TopicTagger, texts: Sequence[LabelledText]) -> Iterator[tuple[str, float, str]]:
    gazetteer = load_gazetteer()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    held_back = [text for text in texts if text.half == "held_back"]
    for labelled, doc in zip(held_back, nlp.pipe(text.text for text in held_back), strict=True):
        topics = tagger.tag(nlp.make_doc(labelled.title), doc, entities_of(doc, gazetteer))
        found = {topic.slug for topic in topics} & set(CORE)
        right.update(found & labelled.topics)
        wrong.update(found - labelled.topics)
        missed.update(labelled.topics - found)
    detail = f"{_LABELS}: {len(held_back)} texts held back, not tuned on"
    yield "precision", right.total() / (right.total() + wrong.total()), detail
    yield "recall", right.total() / (right.total() + missed.total()), detail
    for slug in CORE:
        texts_with = right[slug] + missed[slug]
        if texts_with >= _ENOUGH:
            here = f"{_LABELS}: held back, {texts_with} texts have it"
            yield f"{slug} precision", right[slug] / max(1, right[slug] + wrong[slug]), here
            yield f"{slug} recall", right[slug] / texts_with, here


def _agreement(texts: Sequence[LabelledText]) -> Iterator[tuple[str, float, str]]:
    """F1 between the two readings: twice the labels of both, by the labels of each."""
    twice = [(text.topics, text.second_reading) for text in texts if text.second_reading is not None]
    both = sum(len(first & second) for first, second in twice)
    each = sum(len(first) + len(second) for first, second in twice)
    yield "agreement of readings", 2 * both / each, f"{_LABELS}: {len(twice)} texts read twice by the same reader"


def _on_snippets(nlp: Language, tagger: TopicTagger, data: Path) -> Iterator[tuple[str, float, str]]:
    with (data / "topics" / "case2021_task2_test.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    empty = nlp.make_doc("")
    found = [{topic.slug for topic in tagger.tag(empty, nlp.make_doc(row["EventSnippet"]), ())} for row in rows]
    for event, topics in _EVENTS.items():
        is_event = [row["SubType"] == event for row in rows]
        tagged = [bool(slugs & topics) for slugs in found]
        right = sum(a and b for a, b in zip(is_event, tagged, strict=True))
        if event == "ARREST":
            # A snippet has one type, though arrests occur in those of protests too: precision cannot be judged.
            yield "ARREST recall", right / sum(is_event), _SNIPPETS
        else:
            yield f"{event} F1", 2 * right / (sum(is_event) + sum(tagged)), _SNIPPETS
