"""Retrains the shipped pipeline: `python -m training.ner.train --data ../shared/data/ner`.

Builds the training set, trains with config.cfg on one thread, adds the rules, measures, and saves the package. The seed
is fixed; two runs on one machine give the same weights.
"""

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.cli.train import train
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from training.ner.assemble import assemble
from training.ner.corpora import build, development
from transforms.tag.entities.evaluate import own_documents
from transforms.tag.entities.pipeline import SHIPPED

_CONFIG = Path(__file__).parent / "config.cfg"


def retrain(data: Path, target: Path, steps: int | None = None) -> None:
    """Trains and saves the pipeline.

    Args:
        data: folder with train_gold.spacy, train_gmb.spacy, dev_gold.spacy and gazetteers.
        target: package directory; replaced when the training has ended well.
        steps: steps of training; None for those of config.cfg.
    """
    with TemporaryDirectory() as folder:
        work = Path(folder)
        DocBin(docs=build(data)).to_disk(work / "train.spacy")
        DocBin(docs=development(data)).to_disk(work / "dev.spacy")
        overrides: dict[str, Any] = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        if steps is not None:
            overrides["training.max_steps"] = steps
        train(_CONFIG, work / "trained", overrides=overrides)
        package([work / "trained" / "model-best", work / "trained" / "model-last"], target)


def package(checkpoints: Sequence[Path], target: Path) -> None:
    """Adds the rules to what `spacy train` saved, measures the whole on the evaluation copy and saves it."""
    nlp = assemble(checkpoints)
    nlp.meta["performance"] = performance(nlp)
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)


def performance(nlp: Language) -> dict[str, Any]:
    """SpaCy's own scores on the project's evaluation copy, before anything Casewire does to the entities."""
    golds = own_documents(nlp)
    examples = [Example(found, gold) for found, gold in zip(nlp.pipe(_bare(g) for g in golds), golds, strict=True)]
    return Scorer.score_spans(examples, "ents")


def _bare(doc: Doc) -> Doc:
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])


def main() -> None:
    """Reads the command line and retrains."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (see README.md)")
    parser.add_argument("--output", type=Path, default=SHIPPED, help="package directory to write")
    parser.add_argument("--steps", type=int, help="fewer steps than config.cfg says, for a trial")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # more threads are slower on so small a network
    retrain(arguments.data, arguments.output, arguments.steps)


if __name__ == "__main__":
    main()
