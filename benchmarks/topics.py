"""Topic tagging per core, beside spaCy's bare tokenizer in the same run: `python benchmarks/topics.py`."""

import time

import spacy

from schemas.taxonomy import Taxonomy
from transforms.tag.topics.tagger import TopicTagger

_SENTENCES = [
    "The defence ministry said on Tuesday that talks with its northern neighbour would resume in the spring.",
    "A court in the capital extended the detention of a translator accused of passing secrets to a foreign service.",
    "Farmers in the valley expect a smaller harvest after the driest winter that anyone there can remember.",
    "Police arrested two men near the port, and prosecutors charged them with smuggling on Thursday.",
    "The central bank left its rate unchanged and said that prices should rise more slowly next year.",
    "Her family asked the embassy for consular access and petitioned the ministry for her release.",
    "The team played without its captain, who was treated for an injury to his left knee.",
    "Lawmakers voted late at night for a budget that raises spending on schools, roads and hospitals.",
    "The envoy was summoned to the foreign ministry, which lodged a formal protest over the remarks.",
    "Investigators searched the offices of the contractor as part of an inquiry into bribery.",
]
"""Four in ten carry topics, as in a feed of world news."""
_TITLE = "Court extends detention of translator held on espionage charges"
_SIZES = {"feed texts of 60 words": (60, 4_000), "articles of 700 words": (700, 600)}
_FLOORS = {"feed texts of 60 words": 1_000, "articles of 700 words": 300}


def main() -> None:
    """Prints texts per second for the tokenizer alone and for topic tagging alone, and the ratio of the two."""
    nlp = spacy.blank("en")
    started = time.perf_counter()
    tagger = TopicTagger(Taxonomy.load(), nlp.vocab)
    print(f"rules compiled in {time.perf_counter() - started:.2f} s")
    title = nlp.make_doc(_TITLE)
    for name, (words, count) in _SIZES.items():
        texts = [_text(words, start) for start in range(count)]
        started = time.process_time()
        docs = [nlp.make_doc(text) for text in texts]
        tokenized = time.process_time()
        for doc in docs:
            tagger.tag(title, doc, ())
        tokenizer_s, tagger_s = tokenized - started, time.process_time() - tokenized
        print(
            f"{name}: tokenizer {count / tokenizer_s:,.0f}/s, topics {count / tagger_s:,.0f}/s"
            f" (floor {_FLOORS[name]:,}), {tagger_s / tokenizer_s:.2f} of the tokenizer's time"
        )


def _text(words: int, start: int) -> str:
    taken: list[str] = []
    while len(taken) < words:
        taken += _SENTENCES[(start + len(taken)) % len(_SENTENCES)].split()
    return " ".join(taken[:words])


if __name__ == "__main__":
    main()
