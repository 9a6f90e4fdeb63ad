"""The training set: open corpora under the label policy, the project's own sentences, and both with other names."""

import random
import tomllib
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training.ner.augment import Text, as_doc, as_text, dated, replaced, spaced, typographic
from training.ner.naming import Namer
from training.ner.policy import Places, Policy
from transforms.tag.entities.countries import load_countries
from transforms.tag.entities.labelled import gold, marked_lines, read_marked

_HERE = Path(__file__).parent
_RULED = {"DATE", "MONEY", "LAW"}
# Copies of the project's sentences with new names; the first copy is as written.
_COPIES = 10
_SWAPS = {"PERSON": 0.9, "GPE": 0.5, "NORP": 0.5, "ORG": 0.4}


def build(data: Path, seed: int = 0) -> list[Doc]:
    """Every training document, shuffled; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 -- names, not keys
    nlp = spacy.blank("en")
    policy, namer = _policy(data), Namer(load_countries(), Places(data / "gazetteers"))
    gold_docs = [policy.relabel(doc, silver=False) for doc in _read(nlp, data / "train_gold.spacy")]
    gmb_docs = [policy.relabel(doc, silver=True) for doc in _read(nlp, data / "train_gmb.spacy")]
    docs = [*gold_docs]
    for doc in gold_docs:
        text = replaced(as_text(doc), {"PERSON": 0.8, "GPE": 0.4, "ORG": 0.15}, namer, draw)
        docs.append(as_doc(nlp, dated(text, namer, draw) if draw.random() < 0.15 else text))
    for doc in gmb_docs:
        if draw.random() < 0.5:
            docs.append(doc)
            continue
        text = replaced(as_text(doc), {"PERSON": 0.9, "GPE": 0.3, "NORP": 0.3, "ORG": 0.15}, namer, draw)
        text = dated(text, namer, draw) if draw.random() < 0.3 else text
        docs.append(as_doc(nlp, _printed(text, draw)))
    docs += _own(nlp, namer, draw)
    draw.shuffle(docs)
    return docs


def development(data: Path) -> list[Doc]:
    """The gold development set under the same policy."""
    return [_policy(data).relabel(doc, silver=False) for doc in _read(spacy.blank("en"), data / "dev_gold.spacy")]


def _printed(text: Text, draw: random.Random) -> Text:
    """The text with the quotation marks of a typewriter, of a book, or of a careless site."""
    style = draw.random()
    return typographic(text) if style < 0.35 else spaced(text) if style < 0.45 else text


def _own(nlp: Language, namer: Namer, draw: random.Random) -> list[Doc]:
    docs = []
    for path in sorted((_HERE / "labelled").glob("*.txt")):
        lines = list(marked_lines(path))
        for copy in range(_COPIES):
            at = 0
            while at < len(lines):
                width = draw.choice([1, 2, 3]) if copy else 1
                text, spans = read_marked(" ".join(lines[at : at + width]))
                at += width
                marked = as_text(gold(nlp, text, [s for s in spans if s[2] not in _RULED]))
                made = replaced(marked, _SWAPS, namer, draw) if copy else marked
                docs.append(as_doc(nlp, _printed(made, draw)))
    return docs


def _policy(data: Path) -> Policy:
    known = tomllib.loads((_HERE / "known.toml").read_text(encoding="utf-8"))
    labels = {name: label for label, names in known.items() for name in names}
    return Policy(load_countries(), Places(data / "gazetteers"), labels)


def _read(nlp: Language, path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))
