"""How names of people work: titles, surnames, and which form of a name belongs to which."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from transforms.tag.entities.name_words import name_words

_SYLLABLE = (
    r"(?:zh|ch|sh|ts|hs|ng|kh|th|ph|tr|nh|gi|qu|[bcdfghjklmnpqrstvwxyz])?"
    r"(?:iang|iong|uang|yeo|yoo|you|ang|eng|ing|ong|ung|iao|ian|uai|uan|eun|eon|eul|yeong|young|yung|yong|oung|oun|ai|an|ao|ei|en|er|"
    r"ia|ie|in|iu|oo|ou|ua|ue|ui|un|uo|ae|eo|eu|oe|ee|wan|won|yu|yo|ya|y|a|e|i|o|u)(?:m|n|ng|k|l|p|t|h|c|b)?"
)
_EAST_ASIAN_GIVEN = re.compile(rf"^{_SYLLABLE}(?:[- ]?{_SYLLABLE})?$", re.IGNORECASE)
_HYPHENATED_GIVEN = re.compile(r"^[A-Z][a-z]+-[a-z]+$")


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """A name without accents, case, full stops and curly quotes, for comparison."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.casefold().replace(".", "").replace("\u2019", "'").replace("\u2018", "'")


def leading_titles(words: Sequence[str]) -> int:
    """How many words at the start of a name are titles; never all of them."""
    count = 0
    while count < len(words) - 1 and words[count].rstrip(".").casefold() in name_words().titles:
        count += 1
    return count


def without_suffix(words: Sequence[str]) -> list[str]:
    """A name without Jr, Sr, III and academic degrees at its end."""
    kept = list(words)
    while len(kept) > 1 and kept[-1].strip(".,").casefold() in name_words().suffixes:
        kept.pop()
    return [w for w in kept if w != ","]


def surname_first(words: Sequence[str]) -> bool:
    """Whether a full name is written surname first, as Korean, Chinese and Vietnamese names are.

    The tells: a hyphenated given name whose second syllable is small ("Do-hoon"), or a known family name in front
    of syllables of those languages.
    """
    if len(words) < 2:
        return False
    if len(words) == 2 and _HYPHENATED_GIVEN.match(words[1]) and "-" not in words[0]:
        return len(words[0]) <= 5 and bool(_EAST_ASIAN_GIVEN.match(words[0]))
    if fold(words[0]) not in name_words().family_first:
        return False
    given = [fold(w) for w in words[1:]]
    return len(given) <= 3 and all(_EAST_ASIAN_GIVEN.match(w) for w in given)


def surname(words: Sequence[str]) -> str:
    """The surname of a full name, folded, with its particles ("van der Merwe", "al-Masri", "bin Salman")."""
    words = without_suffix(words)
    if surname_first(words):
        return fold(words[0])
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in name_words().particles:
        start -= 1
    return fold(" ".join(words[start:]))


def may_be_called(full: Sequence[str], short: Sequence[str]) -> bool:
    """Whether `short` names the person with the full name: a surname, a second surname, or fewer forenames."""
    long_form, short_form = [fold(w) for w in without_suffix(full)], [fold(w) for w in without_suffix(short)]
    if long_form == short_form:
        return True
    if len(short_form) == 1:
        return _names_alone(long_form, short_form[0], surname(full))
    if len(short_form) > len(long_form):
        return False
    if surname_first(full) or surname_first(short):
        return False
    same_ends = short_form[-1] == long_form[-1] and _same_forename(short_form[0], long_form[0])
    if len(short_form) == len(long_form):
        return same_ends and len(short_form[0]) == 1
    tail = long_form[-len(short_form) :] == short_form
    head = long_form[: len(short_form)] == short_form
    return same_ends or tail or head


def _names_alone(long_form: Sequence[str], word: str, family: str) -> bool:
    if word == family or word == family.rsplit(maxsplit=1)[-1]:
        return True
    bare = family.split("-", 1)
    if len(bare) == 2 and bare[0] in {"al", "el"} and word == bare[1]:
        return True
    # Iberian names carry two surnames and are cut to the first: "Rodríguez" of "Delcy Rodríguez Gómez".
    return len(long_form) == 3 and word == long_form[1]


def _same_forename(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short))
