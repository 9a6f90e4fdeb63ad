"""The forms of an English word, so that a topics file need not list them.

A word written in its base form stands for all its forms; a word written inflected stands for that form only
("charged"), but for the plural of a word in -ing ("hearing", "hearings"). Forms that do not exist never occur in a
text, so no part of speech is asked for.
"""

_VOWELS = "aeiou"
_KEPT = frozenset([
    "a", "about", "above", "after", "against", "all", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "before", "behind", "being", "between", "both", "but", "by", "did", "do", "does", "down", "for", "from", "had",
    "has", "have", "he", "her", "him", "his", "if", "in", "inside", "into", "is", "it", "its", "me", "more", "most",
    "my", "no", "nor", "not", "of", "off", "on", "or", "our", "out", "outside", "over", "own", "she", "since", "so",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "to", "under", "until", "up", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom",
    "whose", "why", "with", "within", "without", "you", "your",
])  # fmt: skip
_IRREGULAR = {
    "begin": ("begins", "began", "begun", "beginning"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "child": ("children",),
    "crisis": ("crises",),
    "find": ("finds", "found", "finding"),
    "flee": ("flees", "fled", "fleeing"),
    "get": ("gets", "got", "gotten", "getting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "hang": ("hangs", "hung", "hanged", "hanging"),
    "hear": ("hears", "heard", "hearing"),
    "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"),
    "leave": ("leaves", "left", "leaving"),
    "lose": ("loses", "lost", "losing"),
    "make": ("makes", "made", "making"),
    "man": ("men",),
    "meet": ("meets", "met", "meeting", "meetings"),
    "overthrow": ("overthrows", "overthrew", "overthrown", "overthrowing"),
    "plead": ("pleads", "pleaded", "pled", "pleading"),
    "seek": ("seeks", "sought", "seeking"),
    "send": ("sends", "sent", "sending"),
    "shoot": ("shoots", "shot", "shooting"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "spend": ("spends", "spent", "spending"),
    "stand": ("stands", "stood", "standing"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "take": ("takes", "took", "taken", "taking"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "win": ("wins", "won", "winning"),
    "woman": ("women",),
}
_NEVER_VERBS = (
    "able", "acy", "al", "ant", "ary", "ful", "ian", "ible", "ic", "ism", "ist", "ity", "ive", "ment", "ness", "ous",
    "ship", "zation", "sation", "nation", "igation", "ention", "uption", "ection",
)  # fmt: skip
_VERBS_ALL_THE_SAME = frozenset(["appeal", "arrive", "deal", "give", "grant", "mention", "receive", "steal", "warrant"])
_SINGLE_FINAL = ("er", "en", "on", "it", "or")  # "order", "open", "pardon", "edit": the stress lies elsewhere
_DOUBLED = frozenset({"acquit", "admit", "commit", "confer", "defer", "permit", "refer", "submit", "transfer"})


def forms(word: str) -> frozenset[str]:
    """The word and its inflected forms; names, function words and `=word` have one form."""
    if word.startswith("="):
        return frozenset({word[1:]})
    if not word.isalpha() or not word.islower() or len(word) < 3 or word in _KEPT:
        return frozenset({word})
    return frozenset({word, *(_IRREGULAR.get(word) or _regular(word))})


def _regular(word: str) -> tuple[str, ...]:
    if word.endswith("ing") and any(letter in _VOWELS for letter in word[:-3]):
        return (word + "s",)
    if _is_inflected(word):
        return ()
    if word.endswith(_NEVER_VERBS) and word not in _VERBS_ALL_THE_SAME:
        return (_with_s(word),)
    return _with_s(word), *_past_and_participle(word)


def _is_inflected(word: str) -> bool:
    if word.endswith("ed"):
        return not word.endswith("eed") and any(letter in _VOWELS for letter in word[:-2])
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _past_and_participle(word: str) -> tuple[str, ...]:
    if word.endswith("ee"):
        return word + "d", word + "ing"
    if word.endswith("e"):
        return word + "d", word[:-1] + "ing"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied", word + "ing"
    regular = (word + "ed", word + "ing")
    if _may_double(word):
        doubled = word + word[-1]
        return (*regular, doubled + "ed", doubled + "ing")
    return regular


def _may_double(word: str) -> bool:
    consonant = word[-1] not in _VOWELS and word[-1] not in "wxy"
    closed = consonant and word[-2] in _VOWELS and word[-3] not in _VOWELS
    return word in _DOUBLED or (closed and not word.endswith(_SINGLE_FINAL))
