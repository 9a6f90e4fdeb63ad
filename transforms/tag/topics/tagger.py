"""Case topics of a story, each with its score and the words that made it apply."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log2

from spacy.tokens import Doc
from spacy.vocab import Vocab

from schemas.tables import Entity, Evidence, EvidenceField, Topic
from schemas.taxonomy import Taxonomy, TopicDefinition
from transforms.tag.topics.hits import Hit, strongest, without_excluded
from transforms.tag.topics.lexicon import Kind, Lexicon, NearRule, Span
from transforms.tag.topics.passage import Passage

_EVIDENCE = 10
_SUPPORT = 0.4
_POSSIBLE = 0.4
_LONG, _AT_LEAST = 500, 1.5
"""In a text of more tokens, one mention in its body is passing whatever a topic's threshold."""


class TopicTagger:
    """Applies a taxonomy to tokenised texts."""

    def __init__(self, taxonomy: Taxonomy, vocab: Vocab) -> None:
        self.taxonomy = taxonomy
        self._lexicon = Lexicon(taxonomy, vocab)

    def tag(self, title: Doc, text: Doc, entities: Sequence[Entity]) -> list[Topic]:
        """The topics that apply, strongest first.

        Args:
            title: tokens of the headline.
            text: tokens of the body, without boilerplate.
            entities: names in the body, for rules that ask for one.
        """
        hits: defaultdict[int, list[Hit]] = defaultdict(list)
        _, in_title = self._lexicon.find(title)
        for topic, hit in self._hits("title", Passage(title, is_title=True), ()):
            hits[topic].append(hit)
        for topic, hit in self._hits("text", Passage(text, is_title=False), entities):
            if self._lexicon.unless.get(topic) not in in_title:
                hits[topic].append(hit)
        scored = []
        for index, found in hits.items():
            definition = self.taxonomy.topics[index]
            kept = strongest(found)
            score = _score(kept)
            threshold = max(definition.threshold, _AT_LEAST) if len(text) > _LONG else definition.threshold
            if score >= threshold and any(hit.tags for hit in kept):
                scored.append((score, definition, kept))
        best = max((score for score, _, _ in scored), default=0.0)
        topics = [_topic(definition, score, kept, best) for score, definition, kept in scored]
        return sorted(topics, key=lambda topic: (-topic.score, topic.slug))

    def _hits(self, field: EvidenceField, passage: Passage, entities: Sequence[Entity]) -> Iterator[tuple[int, Hit]]:
        rules, groups = self._lexicon.find(passage.doc)
        if entities and groups:
            self._add_entities(passage.doc, entities, groups)
        found: defaultdict[int, list[tuple[Kind, str, Span]]] = defaultdict(list)
        for index, spans in rules.items():
            rule = self._lexicon.phrases[index]
            found[rule.topic] += [(rule.kind, rule.name, span) for span in spans]
        for group in groups:
            for near in self._lexicon.near_by_group.get(group, ()):
                if near.b in groups:
                    found[near.topic] += [("tags", near.name, s) for s in _near(passage, near, groups)]
        for topic, candidates in found.items():
            definition = self.taxonomy.topics[topic]
            other = {passage.sentence(span[0]) for span in groups.get(self._lexicon.unless.get(topic, -1), ())}
            for kind, name, span in without_excluded(candidates):
                if passage.sentence(span[0]) not in other and not (definition.event and passage.is_denied(span)):
                    weight = _weight(passage, span, kind, definition)
                    yield topic, Hit(_evidence(field, passage, span, name), weight, kind == "tags")

    def _add_entities(self, doc: Doc, entities: Sequence[Entity], groups: dict[int, list[Span]]) -> None:
        for entity in entities:
            for group in self._lexicon.entity_groups.get(entity.label, ()):
                span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
                if span is not None:
                    groups.setdefault(group, []).append((span.start, span.end))


def _weight(passage: Passage, span: Span, kind: Kind, definition: TopicDefinition) -> float:
    weight = passage.weight(span)
    if definition.event and passage.is_possible(span):
        weight *= _POSSIBLE
    return weight * _SUPPORT if kind == "supports" else weight


def _evidence(field: EvidenceField, passage: Passage, span: Span, rule: str) -> Evidence:
    last = passage.doc[span[1] - 1]
    start, end = passage.doc[span[0]].idx, last.idx + len(last)
    return Evidence(field=field, start=start, end=end, text=passage.text[start:end], rule=rule)


def _near(passage: Passage, rule: NearRule, groups: dict[int, list[Span]]) -> Iterator[Span]:
    """The spans from one term to the other; each occurrence of the first pairs with its nearest second."""
    for a in groups[rule.a]:
        best: Span | None = None
        for b in groups[rule.b]:
            gap = b[0] - a[1] if b[0] >= a[1] else a[0] - b[1]
            if gap < 0 or gap >= rule.within or (rule.ordered and b[0] < a[1]):
                continue
            span = (min(a[0], b[0]), max(a[1], b[1]))
            shorter = best is None or span[1] - span[0] < best[1] - best[0]
            if shorter and _in_one_sentence(passage, span, rule, groups):
                best = span
        if best is not None:
            yield best


def _in_one_sentence(passage: Passage, span: Span, rule: NearRule, groups: dict[int, list[Span]]) -> bool:
    sentence = passage.sentence(span[0])
    if sentence != passage.sentence(span[1] - 1):
        return False
    return rule.also is None or any(passage.sentence(term[0]) == sentence for term in groups.get(rule.also, ()))


def _score(hits: Sequence[Hit]) -> float:
    """Best weight of each rule plus half the binary logarithm of its hits."""
    by_rule: defaultdict[str, list[float]] = defaultdict(list)
    for hit in hits:
        by_rule[hit.evidence.rule].append(hit.weight)
    return sum(max(weights) + 0.5 * log2(len(weights)) for weights in by_rule.values())


def _topic(definition: TopicDefinition, score: float, hits: Sequence[Hit], best: float) -> Topic:
    in_title = any(hit.tags and hit.evidence.field == "title" for hit in hits)
    return Topic(
        slug=definition.slug,
        score=round(score, 2),
        main=in_title and score >= best / 2,
        iptc=definition.iptc,
        evidence=[hit.evidence for hit in sorted(hits, key=Hit.rank)[:_EVIDENCE]],
    )
