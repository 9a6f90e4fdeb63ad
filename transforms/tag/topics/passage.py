"""A tokenised text as the rules see it: sentence limits, zones, and what is denied or only possible."""

from bisect import bisect_right
from functools import cached_property

from spacy.tokens import Doc

from transforms.tag.topics.lexicon import Span

_LEAD = 60
"""Tokens of a text that count as its lead; the research's lead of 400 characters."""
_SHORT = 200
"""A text of no more tokens than this is all lead: the summary an outlet writes for its feed."""
_REACH = 7
"""Tokens before a hit in which a word denies it or makes it only possible."""
_REACH_OF_NO = 3
"""The same for "no", which denies its own noun: "no certainty over the man arrested"."""
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "n't",
        "n\u2019t",
        "never",
        "without",
        "neither",
        "nor",
        "cannot",
        "nobody",
        "denied",
        "denies",
        "deny",
    ]
)
_POSSIBILITIES = frozenset([
    "would", "could", "might", "should", "if", "unless", "whether", "possible", "potential", "threatened",
    "threatens", "threatening", "ahead", "urged", "demanded", "demands", "demanding", "calls", "called",
    "calling", "pushes", "pushing", "asked", "efforts", "try", "initiatives", "faces", "face", "facing",
    "maximum", "minimum", "carries", "punishable",
])  # fmt: skip
_NOT_DENIALS = frozenset(["only", "guilty", "just"])
"""What makes no denial of "not": "not only", a plea of "not guilty"."""
_GOES_ON = frozenset(["continue", "continues", "continued", "continuing", "began", "started"])
_STOPS = frozenset([",", ";", ":", "but", "(", "—", "\u2013"])
_SENTENCE_ENDS = frozenset([".", "!", "?", "\n", "\n\n", "…", "...", ".”", '."'])


class Passage:
    """The tokens of a title or a text.

    Sentences end at a full stop, a question or exclamation mark and a line break. The tokenizer keeps abbreviations
    whole, so a full stop of its own ends a sentence often enough for rules that look a few words around.
    """

    def __init__(self, doc: Doc, *, is_title: bool) -> None:
        self.doc = doc
        self._is_title = is_title

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case."""
        strings = self.doc.vocab.strings
        names: dict[int, str] = {}
        ids = self.doc.to_array("LOWER").tolist()
        for identity in set(ids):
            names[identity] = strings[identity]
        return [names[identity] for identity in ids]

    @cached_property
    def text(self) -> str:
        """The text itself, which spaCy puts together anew each time it is asked."""
        return self.doc.text

    @cached_property
    def _ends(self) -> list[int]:
        return [index for index, word in enumerate(self.words) if word in _SENTENCE_ENDS]

    def sentence(self, token: int) -> int:
        """The number of the sentence a token stands in."""
        return bisect_right(self._ends, token - 1)

    def weight(self, span: Span) -> float:
        """How much a hit weighs where it stands: title 3, lead 2, body 1."""
        if self._is_title:
            return 3.0
        return 2.0 if span[0] < _LEAD or len(self.doc) <= _SHORT else 1.0

    def is_denied(self, span: Span) -> bool:
        """Whether the words before the hit say that it is not so."""
        return self._has_before(span, _NEGATIONS)

    def is_possible(self, span: Span) -> bool:
        """Whether the words before the hit say that it may only come."""
        before = self.words[max(0, span[0] - 2) : span[0]]
        infinitive = before[-1:] == ["to"] and before[0] not in _GOES_ON
        return infinitive or self._has_before(span, _POSSIBILITIES)

    def _has_before(self, span: Span, cues: frozenset[str]) -> bool:
        for index in range(span[0] - 1, max(-1, span[0] - 1 - _REACH), -1):
            word = self.words[index]
            if word in _STOPS or word in _SENTENCE_ENDS:
                return False
            if word in cues and not (word == "no" and span[0] - index > _REACH_OF_NO):
                return self.words[index + 1] not in _NOT_DENIALS
        return False
