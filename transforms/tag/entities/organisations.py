"""Which mentions of organisations in a document are one organisation: abbreviations and short forms."""

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from transforms.tag.entities.mentions import Mention, text_of
from transforms.tag.entities.name_words import name_words
from transforms.tag.entities.names import fold

_ACRONYM = re.compile(r"^[A-Z][A-Z&.-]{1,9}[A-Za-z]?$")


def resolve(doc: Doc, mentions: Sequence[Mention]) -> list[str]:
    """The name each mention shares with the others of its organisation: the long form where the text gives one."""
    forms = [_plain(text_of(doc, m)) for m in mentions]
    spelled_out = _abbreviations(doc, mentions, forms)
    by_key: dict[str, str] = {}
    names = []
    for form in forms:
        full = spelled_out.get(form, form)
        names.append(by_key.setdefault(_key(full), full))
    return names


def _abbreviations(doc: Doc, mentions: Sequence[Mention], forms: Sequence[str]) -> Mapping[str, str]:
    """Acronym to long form: defined in brackets, or made of the initials of a name in the document."""
    meanings: dict[str, str] = {}
    for index, (mention, form) in enumerate(zip(mentions, forms, strict=True)):
        if not _ACRONYM.match(form):
            continue
        before = forms[index - 1] if index else ""
        after = forms[index + 1] if index + 1 < len(forms) else ""
        bracketed = mention.start > 0 and doc[mention.start - 1].text == "("
        opened = mention.end < len(doc) and doc[mention.end].text == "("
        if bracketed and index and mentions[index - 1].end == mention.start - 1 and not _ACRONYM.match(before):
            meanings.setdefault(form, before)
        elif opened and after and mentions[index + 1].start == mention.end + 1 and _spells(form, after):
            meanings.setdefault(form, after)
        else:
            longs = {f for f in forms if _spells(form, f)}
            if len(longs) == 1:
                meanings.setdefault(form, longs.pop())
    return meanings


def _spells(acronym: str, name: str) -> bool:
    letters = "".join(c for c in acronym if c.isalpha()).casefold()
    words = [w for w in re.split(r"[\s-]+", name) if w]
    if len(words) < 2 or len(letters) < 2:
        return False
    initials = "".join(w[0] for w in words if w.casefold() not in name_words().small).casefold()
    return letters in {initials, "".join(w[0] for w in words).casefold()}


def _plain(text: str) -> str:
    words = text.replace("\n", " ").split()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    name = " ".join(words)
    return re.sub(r"['\u2019]s?$", "", name)


def _key(name: str) -> str:
    words = re.split(r"[\s,]+", fold(name))
    while len(words) > 1 and words[-1] in name_words().company_forms:
        words.pop()
    return " ".join(words)
