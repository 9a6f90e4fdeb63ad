"""The taxonomy compiled: every form of every phrase in one PhraseMatcher."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Literal

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from schemas.phrases import Words, entity_label, word_sequences
from schemas.taxonomy import Taxonomy
from transforms.tag.topics.inflect import forms

Kind = Literal["tags", "supports", "excludes"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """A phrase of a topic."""

    topic: int
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class NearRule:
    """Two groups of terms that tag a topic when they stand close together in a sentence."""

    topic: int
    name: str
    a: int
    b: int
    also: int | None
    within: int
    ordered: bool


class Lexicon:
    """Finds the phrases and terms of a taxonomy in a text.

    A literal (one sequence of words) is one pattern however many rules use it, so the cost of a text is its own length
    and its own hits, whatever the number of phrases.
    """

    def __init__(self, taxonomy: Taxonomy, vocab: Vocab) -> None:
        self._tokenizer = English(vocab=vocab).tokenizer
        self._sets = taxonomy.sets
        self._forms: dict[str, list[Words]] = {}
        self._groups: dict[frozenset[str], int] = {}
        self._users: defaultdict[Words, set[tuple[int, str | None]]] = defaultdict(set)
        self.phrases: list[PhraseRule] = []
        self.near: list[NearRule] = []
        self.unless: dict[int, int] = {}
        """Topic to the group of terms that cancel its hits in their sentence."""
        self.entity_groups: defaultdict[str, list[int]] = defaultdict(list)
        """Groups that a name of this label belongs to."""
        for index, topic in enumerate(taxonomy.topics):
            self._add_phrases(index, "tags", topic.phrases)
            self._add_phrases(index, "supports", topic.supporting)
            self._add_phrases(index, "excludes", topic.exclusions)
            if topic.unless:
                self.unless[index] = self._group(topic.unless)
            for near in topic.near:
                a, b = self._group(near.a), self._group(near.b)
                also = self._group(near.also) if near.also else None
                self.near.append(NearRule(index, near.name, a, b, also, near.within, near.ordered))
        self.near_by_group = _by_group(self.near)
        self._matcher = PhraseMatcher(vocab, attr="LOWER")
        self._by_key = self._compile(vocab)

    def find(self, doc: Doc) -> tuple[dict[int, list[Span]], dict[int, list[Span]]]:
        """Token spans of the phrase rules (by index) and of the term groups (by number) that occur in the text."""
        rules: defaultdict[int, list[Span]] = defaultdict(list)
        groups: defaultdict[int, list[Span]] = defaultdict(list)
        for key, start, end in self._matcher(doc):
            for user, cased in self._by_key[key]:
                if cased is not None and doc[start:end].text != cased:
                    continue
                if user >= 0:
                    rules[user].append((start, end))
                else:
                    groups[~user].append((start, end))
        return rules, groups

    def literals(self) -> dict[Words, set[int]]:
        """Every word sequence, in lower case, with the phrase rules that use it."""
        return {words: {user for user, _ in users if user >= 0} for words, users in self._users.items()}

    def _add_phrases(self, topic: int, kind: Kind, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self.phrases.append(PhraseRule(topic, kind, phrase))
            self._use(phrase, len(self.phrases) - 1)

    def _group(self, terms: tuple[str, ...]) -> int:
        """The number of a side of a rule; equal sides share it."""
        key = frozenset(terms)
        if key not in self._groups:
            number = self._groups[key] = len(self._groups)
            for term in terms:
                if label := entity_label(term):
                    self.entity_groups[label].append(number)
                else:
                    self._use(term, ~number)
        return self._groups[key]

    def _use(self, phrase: str, user: int) -> None:
        for words in word_sequences(phrase, self._sets):
            cased = not phrase.islower() and any(not word.islower() and word.isalpha() for word in words)
            for inflected in product(*(self._tokenized_forms(word) for word in words)):
                tokens = tuple(token for word in inflected for token in word)
                self._users[tokens].add((user, " ".join(words) if cased else None))

    def _tokenized_forms(self, word: str) -> list[Words]:
        if word not in self._forms:
            self._forms[word] = [tuple(token.lower_ for token in self._tokenizer(form)) for form in forms(word)]
        return self._forms[word]

    def _compile(self, vocab: Vocab) -> dict[int, tuple[tuple[int, str | None], ...]]:
        alike: defaultdict[frozenset[tuple[int, str | None]], list[Doc]] = defaultdict(list)
        for words, users in self._users.items():
            alike[frozenset(users)].append(Doc(vocab, words=list(words)))
        by_key = {}
        for number, (sharers, docs) in enumerate(alike.items()):
            self._matcher.add(f"topics:{number}", docs)
            by_key[vocab.strings[f"topics:{number}"]] = tuple(sorted(sharers, key=str))
        return by_key


def _by_group(rules: list[NearRule]) -> dict[int, list[NearRule]]:
    """The rules whose first side is the group."""
    found: defaultdict[int, list[NearRule]] = defaultdict(list)
    for rule in rules:
        found[rule.a].append(rule)
    return dict(found)
