"""News texts whose topics a reader labelled: the ids and labels of labels.tsv, the texts from the shared corpora."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

Half = Literal["dev", "held_back"]

CORE = (
    "arrest", "detention", "charge-indictment", "investigation", "trial", "conviction", "sentencing", "release",
    "release-appeal", "prisoner-swap", "extradition", "deportation", "diplomat-expulsion", "consular-access",
    "diplomatic-talks", "diplomatic-protest", "sanctions", "espionage", "terrorism", "corruption",
)  # fmt: skip
"""The topics that were labelled; others may be tagged and are not judged."""

_CORPUS = "text/us_news_articles.jsonl.gz"
_SLACK = 30  # words by which a text may exceed its length rather than break a paragraph


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A headline with the opening of its article, or with a passage of it, and its core topics."""

    title: str
    text: str
    topics: frozenset[str]
    second_reading: frozenset[str] | None
    """Topics on a second reading by the same reader; None for the texts that were read once."""
    half: Half
    """Rules are tuned on `dev`; `held_back` is only measured."""


def labelled_texts(data: Path) -> Iterator[LabelledText]:
    """The labelled texts, cut from the corpus.

    Args:
        data: folder of the corpora.

    Raises:
        ValueError: the corpus is not the one that was labelled.
    """
    with gzip.open(data / _CORPUS, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    table = files("transforms.tag.topics").joinpath("labels.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(table, delimiter="\t"):
        article = articles[int(row["line"])]
        rest = article["text"].split("\n")[int(row["paragraph"]) :]
        text = _opening(rest, int(row["words"]))
        title = article["title"]
        digest = hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=4).hexdigest()
        if digest != row["hash"]:
            raise ValueError(f"{data / _CORPUS}: line {row['line']} is not the text that was labelled; get that corpus")
        second = _topics(row["second_reading"]) if row["second_reading"] else None
        half: Half = "held_back" if row["half"] == "held_back" else "dev"
        yield LabelledText(title, text, _topics(row["topics"]), second, half)


def _topics(cell: str) -> frozenset[str]:
    return frozenset(cell.split()) - {"-"}


def _opening(paragraphs: list[str], words: int) -> str:
    """The first paragraphs, to about that many words; a long paragraph ends with a sentence."""
    taken: list[str] = []
    count = 0
    for paragraph in paragraphs:
        tokens = paragraph.split()
        if count + len(tokens) > words + _SLACK:
            start = " ".join(tokens[: words + _SLACK - count])
            end = max(start.rfind(" . "), start.rfind(". \u201d"))
            if end > 0:
                taken.append(start[: end + 2].strip())
            elif not taken:
                taken.append(start)
            break
        taken.append(paragraph)
        count += len(tokens)
        if count >= words:
            break
    return "\n".join(taken)
