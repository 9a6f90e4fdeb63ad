"""Words a second of the tagging of names, against spaCy's default CPU architecture in the same run.

    python benchmarks/entities.py

Texts are the project's evaluation copy, repeated; times are CPU time of one process, the best of five.
"""

import time
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.training import Example

from transforms.tag.entities.evaluate import own_documents
from transforms.tag.entities.gazetteer import load_gazetteer
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.entities.records import entities_of

REPEATS, ROUNDS = 8, 5


def best(work: Callable[[], object]) -> float:
    """CPU seconds of the fastest round."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def default_architecture() -> Language:
    """A blank pipeline with spaCy's own `ner`, trained for a moment so that it finds something."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in own_documents(nlp)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(10):
        nlp.update(examples, sgd=optimizer)
    return nlp


def main() -> None:
    """Measures and prints."""
    started = time.process_time()
    nlp = load_pipeline()
    loaded = time.process_time() - started
    gazetteer = load_gazetteer()
    texts = [doc.text for doc in own_documents(nlp)] * REPEATS
    words = sum(len(text.split()) for text in texts)
    default = default_architecture()
    pipeline = best(lambda: list(nlp.pipe(texts)))
    whole = best(lambda: [entities_of(doc, gazetteer) for doc in nlp.pipe(texts)])
    baseline = best(lambda: list(default.pipe(texts)))
    print(f"load {loaded:.2f} s; {words} words")
    print(f"default architecture {words / baseline:,.0f} words/s")
    print(f"pipeline             {words / pipeline:,.0f} words/s ({baseline / pipeline:.2f} of it)")
    print(f"with entity records  {words / whole:,.0f} words/s ({baseline / whole:.2f} of it)")


if __name__ == "__main__":
    main()
