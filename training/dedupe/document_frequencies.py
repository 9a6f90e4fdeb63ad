"""Builds transforms/deduplicate/rarity.bin: in how many documents of news text each word occurs, hashed, as levels.

Counts only: no word and no text can be read back from the table. Run it in the repository root:

    python training/dedupe/document_frequencies.py ../shared/data
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from xxhash import xxh3_64_intdigest

from transforms.deduplicate.rarity import BUCKETS_BITS, LEVELS_PER_NAT, bucket
from transforms.deduplicate.words import words

TABLE = Path("transforms/deduplicate/rarity.bin")


def main(shared_data: Path) -> None:
    """Counts and writes the table."""
    counts = np.zeros(1 << BUCKETS_BITS, dtype=np.int64)
    documents = 0
    for text in _documents(shared_data):
        hashes = np.array([xxh3_64_intdigest(word.encode()) for word in set(words(text))], dtype=np.uint64)
        counts[np.unique(bucket(hashes))] += 1
        documents += 1
    idf = np.log(documents / np.maximum(counts, 0.5))
    levels = np.clip(np.rint(idf * LEVELS_PER_NAT), 0, 255).astype(np.uint8)
    TABLE.write_bytes(levels.tobytes())
    print(f"{documents} documents, {np.count_nonzero(counts)} buckets in use, {TABLE.stat().st_size} bytes")


def _documents(shared_data: Path) -> Iterator[str]:
    for article in _lines(shared_data / "text/us_news_articles.jsonl.gz"):
        yield f"{article['title']}\n{article['text']}"
    for wire in _lines(shared_data / "dedupe/reuters_wires.jsonl.gz"):
        yield f"{wire['title']}\n{wire['body']}"


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
