"""The verdict on a pair: the same wire story or not, and why.

The thresholds were set on labelled pairs of wires and of modern items (evaluate.py says which figures that flatters).
"""

from typing import Literal

from transforms.deduplicate.compare import Comparison

Verdict = Literal[
    "same text",
    "same summary",
    "same headline",
    "headlines differ",
    "too little in common",
    "figures differ",
    "names differ",
    "gathers several stories",
    "quotes or cites the other",
]

SAME: frozenset[Verdict] = frozenset({"same text", "same summary", "same headline"})

SHORT = 60
"""Words below which a body is a summary."""
PHRASE = 10
"""Words below which a body says nothing of its own."""
_SENTENCE = 20
"""Words below which a body may be a phrase that many reports have."""
_LONG = 120
"""Words from which, where all else agrees, a figure may have been put into another unit."""


def judge(pair: Comparison) -> Verdict:
    """Judges two items by what they have in common: short ones by more, since every report has the same few words."""
    if pair.words < PHRASE:
        return _judge_headlines(pair)
    if pair.digest and pair.resemblance < 0.5:
        return "gathers several stories"
    common = _judge_short(pair) if pair.words < SHORT else _judge_text(pair)
    if common not in SAME:
        return common
    if pair.figures_differ > _figures_allowed(pair):
        return "figures differ"
    if pair.names_differ > (0.2 if pair.words < SHORT else 0.25):
        return "names differ"
    return common


def verbatim(pair: Comparison) -> bool:
    """Whether the two are so alike that what was verified for one holds for the other."""
    return judge(pair) in SAME and min(pair.containment, pair.resemblance) >= 0.85 and not pair.figures_differ


def _judge_headlines(pair: Comparison) -> Verdict:
    if pair.figures_differ:
        return "figures differ"
    return "same headline" if _same_title(pair) else "headlines differ"


def _judge_text(pair: Comparison) -> Verdict:
    if pair.containment >= 0.8:
        same = pair.resemblance >= 0.5 or pair.opening >= 0.4 or pair.title >= 0.5
        return "same text" if same else "quotes or cites the other"
    opening = 0.35 if pair.resemblance >= 0.3 else 0.5
    edited = (pair.opening >= 0.65 and pair.resemblance >= 0.4) or (pair.opening >= opening and pair.title >= 0.5)
    return "same text" if (edited or _same_title(pair)) and pair.containment >= 0.5 else "too little in common"


def _judge_short(pair: Comparison) -> Verdict:
    if pair.same_feed and pair.title < 0.4:
        # Every episode of a programme has the same summary.
        return "headlines differ"
    whole = pair.containment >= 0.85 and (
        pair.resemblance >= 0.5 or pair.title >= 0.5 or (pair.opening >= 0.4 and pair.words >= _SENTENCE)
    )
    # Of a long text a summary need only have the opening.
    common = pair.containment + max(pair.resemblance, pair.lede if pair.lede >= 0.4 else 0.0)
    edited = pair.containment >= 0.5 and (common >= 1.15 or (common >= 1.02 and pair.title >= 0.4))
    headed = pair.containment >= 0.5 and _same_title(pair)
    return "same summary" if whole or edited or headed else "too little in common"


def _same_title(pair: Comparison) -> bool:
    return pair.same_title >= 0.9 and pair.title_words >= 4


def _figures_allowed(pair: Comparison) -> float:
    return 0.2 if pair.words >= _LONG and pair.containment >= 0.9 else 0.13
