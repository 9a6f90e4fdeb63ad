"""What a feed lists, entry by entry, and whether each is new, revised or known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Literal

from msgspec.structs import replace

from schemas.memory import ListedEntry
from transforms.parse.feed import RawEntry
from transforms.parse.identity import Identity, fingerprint

Change = Literal["new", "revised", "known"]

_REMEMBERED = 4_000
_REMEMBERED_FOR = timedelta(days=7)
"""How long an entry may be gone from its feed and come back without being new."""
_VERSIONS = 24  # some feeds change a counter in every entry at every poll (lemon24/reader#225)


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry of the document and what it is to us."""

    raw: RawEntry
    change: Change
    listed: ListedEntry
    """As remembered from now on."""
    previous: ListedEntry | None
    """As remembered so far."""


class Ledger:
    """The entries of one feed, brought up to date by one document."""

    def __init__(self, feed_id: str, known: Sequence[ListedEntry], *, confirmed_at: datetime | None) -> None:
        """Opens the ledger.

        Args:
            feed_id: the feed.
            known: what is remembered of it.
            confirmed_at: when its last document was last seen unchanged: what that listed was listed until then.
        """
        self._feed_id = feed_id
        latest = max((entry.last_listed_at for entry in known), default=None)
        self._confirmed = {entry.key for entry in known if entry.last_listed_at == latest}
        self._confirmed_at = confirmed_at
        self._known = {entry.key: entry for entry in known}
        uses = Counter(entry.alias for entry in known)
        self._by_alias = {entry.alias: entry for entry in known if uses[entry.alias] == 1}
        self._entered: dict[int, ListedEntry] = {}

    def enter(self, document: Sequence[tuple[RawEntry, Identity]], now: datetime) -> list[Finding]:
        """Finds out about each entry of a document; one that is listed twice counts once, where it stands first."""
        findings = []
        keys = {identity.key for _raw, identity in document}
        for raw, identity in document:
            if identity.key in self._entered:
                continue
            previous = self._known.get(identity.key) or self._renamed(identity, keys)
            finding = self._compare(raw, identity, previous, now)
            self._entered[identity.key] = finding.listed
            if previous is not None:
                self._known.pop(previous.key)
            findings.append(finding)
        return findings

    def listed(self, now: datetime, *, partial: bool) -> list[ListedEntry]:
        """What to remember: the document's entries, then those that were dropped not long ago, latest first.

        Args:
            now: the time of the document.
            partial: whether the document held changes only (226): what it omits is still listed.
        """
        dropped = [
            replace(entry, last_listed_at=self._last_listed_at(entry, now, partial)) for entry in self._known.values()
        ]
        kept = [entry for entry in dropped if now - entry.last_listed_at <= _REMEMBERED_FOR]
        kept.sort(key=lambda entry: entry.last_listed_at, reverse=True)
        return [*self._entered.values(), *kept][:_REMEMBERED]

    def _last_listed_at(self, entry: ListedEntry, now: datetime, partial: bool) -> datetime:
        if entry.key not in self._confirmed:
            return entry.last_listed_at
        return now if partial else max(entry.last_listed_at, self._confirmed_at or entry.last_listed_at)

    def _renamed(self, identity: Identity, keys: set[int]) -> ListedEntry | None:
        """The same page under another guid; not one that the document still lists under its own."""
        entry = self._by_alias.get(identity.alias)
        return entry if entry and entry.key in self._known and entry.key not in keys else None

    def _compare(self, raw: RawEntry, identity: Identity, previous: ListedEntry | None, now: datetime) -> Finding:
        words = fingerprint(raw)
        if previous is None:
            return Finding(raw, "new", self._version(identity, words, 1, now), None)
        if words == previous.fingerprint or previous.version >= _VERSIONS:
            same = replace(previous, key=identity.key, alias=identity.alias, last_listed_at=now)
            return Finding(raw, "known", same, previous)
        return Finding(raw, "revised", self._version(identity, words, previous.version + 1, now), previous)

    def _version(self, identity: Identity, words: int, version: int, now: datetime) -> ListedEntry:
        return ListedEntry(
            key=identity.key,
            alias=identity.alias,
            fingerprint=words,
            article_id=article_id(self._feed_id, identity.key, version),
            story_id=None,
            version=version,
            last_listed_at=now,
        )


def article_id(feed_id: str, key: int, version: int) -> str:
    """The identity of one version of an entry: 32 hex digits, the same whoever computes it and when."""
    return blake2b(f"{feed_id}\n{key}\n{version}".encode(), digest_size=16).hexdigest()
