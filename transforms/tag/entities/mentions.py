"""A name in a document as a span of tokens, and what can be asked of a list of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

HYPHENS = frozenset("-\u2013")
POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019", "\u2018s"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
PLACE_PREPOSITIONS = frozenset({"in", "to", "from", "across", "near", "at", "into", "outside", "around"})
VALUES = frozenset({"DATE", "MONEY", "LAW"})
"""Labels that are read by rule and are nobody's name."""


@dataclass(slots=True)
class Mention:
    """A name in a document: tokens `start` to `end` (exclusive) under a label."""

    start: int
    end: int
    label: str

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Mention") -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Mention") -> bool:
        """Whether the other lies inside this one."""
        return self.start <= other.start and other.end <= self.end


def overridden(mentions: Iterable[Mention], certain: list[Mention]) -> list[Mention]:
    """Mentions in order, where certain ones take the place of those they overlap."""
    taken = {i for m in certain for i in range(m.start, m.end)}
    kept = [m for m in mentions if taken.isdisjoint(range(m.start, m.end))]
    return sorted([*kept, *certain], key=lambda m: m.start)


def free_of(mentions: Iterable[Mention], length: int) -> list[bool]:
    """For each token of a document, whether no mention covers it."""
    free = [True] * length
    for mention in mentions:
        free[mention.start : mention.end] = [False] * len(mention)
    return free


def text_of(doc: Doc, mention: Mention) -> str:
    """A mention as it stands in the text."""
    return doc[mention.start : mention.end].text


def words_of(doc: Doc, mention: Mention) -> list[str]:
    """The words of a mention; a hyphen between two tokens joins them ("Lee Do-hoon" is two words)."""
    joined: list[str] = []
    glue = False
    for token in doc[mention.start : mention.end]:
        hyphen = token.text in HYPHENS
        if token.is_space:
            continue
        if glue or (joined and hyphen and not doc[token.i - 1].whitespace_):
            joined[-1] += "-" if hyphen else token.text
            glue = hyphen and not token.whitespace_
        else:
            joined.append(token.text)
    return joined
