"""What makes an entry the same entry at the next poll, and what makes it another version of itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.parse.feed import RawEntry
from transforms.parse.hashing import signed_hash
from transforms.parse.text import one_line, to_text
from transforms.parse.titles import clean_title
from transforms.parse.urls import canonical

Policy = Literal["guid", "link", "title_date"]
_DEGRADED: dict[Policy, Policy] = {"guid": "link", "link": "title_date", "title_date": "title_date"}
_TOLERATED = 0.05
"""Share of entries that may lack an identifier before a feed's identifiers are no longer trusted (FreshRSS)."""

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_SPECIFIC = 12
"""Characters from which a path is long enough to name a page whatever its host."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Hashes that name an entry within its feed, signed 64-bit integers."""

    key: int
    alias: int
    """A second name, which outlives a change of guids, of scheme and of host."""


def identify(entries: Sequence[RawEntry], policy: Policy) -> tuple[list[Identity], Policy]:
    """Names the entries of a document, and tells what the feed's entries are to be named by from now on.

    An entry is named by its guid, else its link, else its title and date: the first that is there and that no other
    entry of the document has. When more than 5 % of the entries lack the name that the policy asks for, the policy
    degrades and stays so, since going back would make every entry new (FreshRSS#5909).

    Args:
        entries: all entries of one document.
        policy: what the feed's entries were named by so far.

    Returns:
        One identity per entry, in order; and the policy for the next document. Two entries have one key only where
        they are one entry listed twice.
    """
    dated = [_dated(entry) for entry in entries]
    links = [_link(entry) for entry in entries]
    # An entry listed twice is no sign of a bad identifier; the same guid on two pages is.
    contents = [link or title for link, title in zip(links, dated, strict=True)]
    names: dict[Policy, list[str]] = {
        "guid": _distinct([_guid(entry) for entry in entries], contents),
        "link": _distinct(links, dated),
        "title_date": dated,
    }
    while names[policy].count("") > _TOLERATED * len(entries):
        policy = _DEGRADED[policy]
    order: list[list[str]] = [names[tier] for tier in ("guid", "link", "title_date")][list(_DEGRADED).index(policy) :]
    keys = [next(name for name in candidates if name) for candidates in zip(*order, strict=True)]
    aliases = _distinct([_alias(link) for link in names["link"]], dated)
    identities = [
        Identity(key=signed_hash(key), alias=signed_hash(alias or link or title))
        for key, alias, link, title in zip(keys, aliases, names["link"], dated, strict=True)
    ]
    return identities, policy


def fingerprint(entry: RawEntry) -> int:
    """A hash of the words a reader sees, signed 64-bit: changes of markup alone do not change it."""
    words = (clean_title(entry.title, entry.source_title), to_text(entry.content), to_text(entry.summary))
    return signed_hash("\n".join(one_line(part) for part in words))


def _guid(entry: RawEntry) -> str:
    guid = one_line(entry.guid or "")
    return f"guid:{_SCHEME.sub('', guid)}" if guid else ""


def _link(entry: RawEntry) -> str:
    link = canonical(entry.link) if entry.link else None
    # A home page names no entry.
    return f"link:{_SCHEME.sub('', link)}" if link and _ORIGIN.sub("", link) != "/" else ""


def _dated(entry: RawEntry) -> str:
    words = entry.title or entry.summary or entry.content
    return f"title:{one_line(words)}\n{entry.published or entry.updated or ''}"


def _alias(link: str) -> str:
    _, slash, path = link.partition("/")
    return f"path:{path}" if slash and len(path) >= _SPECIFIC else link


def _distinct(names: list[str], contents: list[str]) -> list[str]:
    """The names, empty where one name stands for different contents."""
    uses = Counter(name for name, _ in set(zip(names, contents, strict=True)))
    return [name if uses[name] == 1 else "" for name in names]
