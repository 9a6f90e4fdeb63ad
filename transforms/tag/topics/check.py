"""What is wrong with a taxonomy before it tags anything; the core of `casewire topics check`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from time import perf_counter
from typing import Literal

from spacy.lang.en import English
from spacy.tokens import Doc

from schemas.newscodes import gdelt_themes, media_topics
from schemas.phrases import Words
from schemas.taxonomy import Taxonomy, TopicDefinition
from transforms.tag.topics.lexicon import Lexicon
from transforms.tag.topics.tagger import TopicTagger

_ROUNDS = 5

Problem = Literal["example", "unreachable", "duplicate", "overlap", "unknown", "retired"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right, or to know."""

    problem: Problem
    topic: str
    message: str

    @property
    def is_error(self) -> bool:
        """Whether the taxonomy should not be used so; an overlap between topics may be meant."""
        return self.problem in {"example", "unreachable", "unknown"}


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found."""

    findings: tuple[Finding, ...]
    topics: int
    examples: int
    literals: int
    """Word sequences the phrases stand for, all forms included."""
    load_s: float
    """Time to compile the rules."""
    words_per_s: float
    """Tokens of the examples tagged in a second, title and text."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.is_error for finding in self.findings)


def check(taxonomy: Taxonomy) -> Report:
    """Runs every example, looks for rules that cannot work, and times the rules."""
    nlp = English()
    started = perf_counter()
    tagger = TopicTagger(taxonomy, nlp.vocab)
    load_s = perf_counter() - started
    lexicon = Lexicon(taxonomy, nlp.vocab)
    findings = [
        *_examples(taxonomy, tagger, nlp),
        *_codes(taxonomy),
        *_phrases(taxonomy, lexicon, nlp),
    ]
    texts = [nlp.make_doc(example) for topic in taxonomy.topics for example in (*topic.match, *topic.no_match)]
    return Report(
        findings=tuple(findings),
        topics=len(taxonomy.topics),
        examples=len(texts),
        literals=len(lexicon.literals()),
        load_s=load_s,
        words_per_s=_speed(tagger, texts, nlp.make_doc("")),
    )


def _examples(taxonomy: Taxonomy, tagger: TopicTagger, nlp: English) -> Iterator[Finding]:
    empty = nlp.make_doc("")
    for topic in taxonomy.topics:
        wanted = [(text, True) for text in topic.match] + [(text, False) for text in topic.no_match]
        for text, must in wanted:
            found = {found.slug: found for found in tagger.tag(empty, nlp.make_doc(text), ())}.get(topic.slug)
            if must and found is None:
                yield Finding("example", topic.slug, f"must match and does not: {text!r}")
            if found is not None and not must:
                why = ", ".join(f"{piece.text!r} by {piece.rule!r}" for piece in found.evidence)
                yield Finding("example", topic.slug, f"must not match and does ({why}): {text!r}")


def _codes(taxonomy: Taxonomy) -> Iterator[Finding]:
    for topic in taxonomy.topics:
        if topic.iptc is not None:
            known = media_topics().get(topic.iptc)
            if known is None:
                yield Finding("unknown", topic.slug, f"{topic.iptc} is no IPTC Media Topic")
            elif known.retired:
                remedy = f": {known.note}" if known.note else ""
                yield Finding("retired", topic.slug, f"{topic.iptc} {known.label!r} retired {known.retired}{remedy}")
        for theme in sorted(set(topic.gdelt) - gdelt_themes()):
            yield Finding("unknown", topic.slug, f"{theme} is no GDELT theme")


def _phrases(taxonomy: Taxonomy, lexicon: Lexicon, nlp: English) -> Iterator[Finding]:
    literals: defaultdict[int, set[Words]] = defaultdict(set)
    for words, users in lexicon.literals().items():
        for user in users:
            literals[user].add(words)
    by_topic: defaultdict[int, list[int]] = defaultdict(list)
    for number, rule in enumerate(lexicon.phrases):
        by_topic[rule.topic].append(number)
    for topic, numbers in by_topic.items():
        yield from _within(taxonomy.topics[topic], numbers, literals, lexicon, nlp)
    yield from _between(taxonomy, lexicon)


def _within(
    topic: TopicDefinition, numbers: list[int], literals: dict[int, set[Words]], lexicon: Lexicon, nlp: English
) -> Iterator[Finding]:
    excluding = [number for number in numbers if lexicon.phrases[number].kind == "excludes"]
    others = [number for number in numbers if lexicon.phrases[number].kind != "excludes"]
    for number in others:
        if excluding and all(_is_excluded(words, excluding, lexicon, nlp) for words in literals[number]):
            name = lexicon.phrases[number].name
            yield Finding("unreachable", topic.slug, f"an exclusion of the topic covers {name!r} wherever it stands")
    for one, other in combinations(others, 2):
        if literals[one] <= literals[other] or literals[other] <= literals[one]:
            names = lexicon.phrases[one].name, lexicon.phrases[other].name
            yield Finding("duplicate", topic.slug, f"{names[0]!r} and {names[1]!r} match the same: remove the narrower")


def _is_excluded(words: Words, excluding: list[int], lexicon: Lexicon, nlp: English) -> bool:
    rules, _ = lexicon.find(Doc(nlp.vocab, words=list(words)))
    return any(rule in rules for rule in excluding)


def _between(taxonomy: Taxonomy, lexicon: Lexicon) -> Iterator[Finding]:
    shared: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for words, rules in lexicon.literals().items():
        topics = sorted({lexicon.phrases[rule].topic for rule in rules if lexicon.phrases[rule].kind == "tags"})
        for pair in combinations(topics, 2):
            shared[pair].add(" ".join(words))
    for (one, other), phrases in shared.items():
        topic, second = taxonomy.topics[one], taxonomy.topics[other]
        if second.slug not in topic.parents and topic.slug not in second.parents:
            examples = ", ".join(repr(phrase) for phrase in sorted(phrases)[:3])
            yield Finding("overlap", topic.slug, f"{examples} also tag {second.slug!r}")


def _speed(tagger: TopicTagger, texts: list[Doc], empty: Doc) -> float:
    started = perf_counter()
    for _ in range(_ROUNDS):
        for text in texts:
            tagger.tag(empty, text, ())
    seconds = perf_counter() - started
    return _ROUNDS * sum(len(text) for text in texts) / seconds if texts else 0.0
