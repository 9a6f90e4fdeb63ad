"""Copies as outlets make them of a wire story, to measure how many of them are found."""

import random
import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from schemas.flow import Item

Copyist = Callable[[Item, random.Random], Item]

_SITE_TEXT = (
    "\nRead more about this on our website and follow us on social media.\n"
    "Sign up for our newsletter to get the top stories of the day in your inbox, with analysis from our reporters."
)
_HOUSE_STYLE = {
    r"\bsaid\b": "says",
    r"\bpercent\b": "per cent",
    r"\b(\d+) million\b": r"\1m",
    r"\bU\.S\.": "US",
    r"\babout\b": "around",
    r"\bmore than\b": "over",
    r"\bnear\b": "close to",
    r"\bhas been\b": "was",
    r"\baccording to\b": "as per",
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri)day\b": "yesterday",
}
_DROPPED_SENTENCES = 0.08
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")


def verbatim(original: Item, _random: random.Random) -> Item:
    """Text and headline as they came, with a dateline before and the site's own text after."""
    return replace(original, text=f"WASHINGTON (AP) \u2014 {original.text}{_SITE_TEXT}")


def trimmed(original: Item, _random: random.Random) -> Item:
    """The first two fifths under another headline."""
    return _headed(replace(original, text=_first(original, 0.4)))


def edited(original: Item, chance: random.Random) -> Item:
    """House style, some sentences dropped, another headline, a dateline."""
    return _headed(replace(original, text=f"PARIS (AFP) - {_edit(original.text, chance)}{_SITE_TEXT}"))


def edited_and_trimmed(original: Item, chance: random.Random) -> Item:
    """Half of the text in house style under another headline."""
    return _headed(replace(original, text=_edit(_first(original, 0.5), chance)))


def summary(original: Item, _random: random.Random) -> Item:
    """Another headline and the first 30 words, cut as feeds cut them."""
    return _headed(replace(original, text=" ".join(original.text.split()[:30]) + " ..."))


def edited_summary(original: Item, chance: random.Random) -> Item:
    """Another headline and the first 45 words in house style."""
    return _headed(replace(original, text=_edit(" ".join(original.text.split()[:45]), chance)))


FULL: Mapping[str, Copyist] = {
    "verbatim": verbatim,
    "trimmed": trimmed,
    "edited": edited,
    "edited and trimmed": edited_and_trimmed,
}
SHORT: Mapping[str, Copyist] = {"summary": summary, "edited summary": edited_summary}


def _headed(item: Item) -> Item:
    return replace(item, title=" ".join(item.text.split()[2:13]))


def _first(original: Item, share: float) -> str:
    paragraphs = original.text.split("\n")
    return "\n".join(paragraphs[: max(1, round(len(paragraphs) * share))])


def _edit(text: str, chance: random.Random) -> str:
    for pattern, replacement in _HOUSE_STYLE.items():
        text = re.sub(pattern, replacement, text)
    first, *rest = _SENTENCE_END.split(text)
    return " ".join([first, *(sentence for sentence in rest if chance.random() >= _DROPPED_SENTENCES)])
