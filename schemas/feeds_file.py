"""The feeds file: which feeds to poll, and how. TOML of our own, or OPML as readers export it."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

import listparser
import xxhash
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from schemas.errors import ConfigurationError
from schemas.flow import Feed

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)]
_DURATION = re.compile(r"^(\d+)\s*(s|m|h|d)$")
_PATTERNS = {
    "id": "write lower-case letters, digits, '.', '_' and '-'",
    "language": 'write a code such as "en"',
    "secret": "write the name of an environment variable",
}
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    user_agent: str | None = Field(None, min_length=1, description="sent instead of Casewire's own")
    fallback_user_agent: str | None = Field(None, min_length=1, description="tried once after a 403, then kept")
    proxy: str | None = Field(None, description="address of an HTTP proxy")
    private_network: bool = Field(False, description="the feed may live at a private address")
    min_interval: str | None = Field(None, description='shortest time between polls, such as "15m"')
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="what the publisher declares")

    @field_validator("min_interval")
    @classmethod
    def _is_duration(cls, value: str | None) -> str | None:
        if value is not None and not _DURATION.match(value):
            raise ValueError('write a number and s, m, h or d, such as "15m"')
        return value


class _FeedEntry(_Settings):
    id: Slug | None = Field(None, description="names the feed in the tables; never change it")
    url: str = Field(description="address of the feed")
    outlet: str | None = Field(None, min_length=1, description="who publishes it")
    secret: str | None = Field(
        None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", description="environment variable with the Authorization header"
    )

    @field_validator("url")
    @classmethod
    def _has_no_password(cls, value: str) -> str:
        if "@" in urlsplit(value).netloc:
            raise ValueError("take the credentials out of the address and name a variable in `secret` instead")
        return value


class _FeedsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    defaults: _Settings = _Settings()
    feeds: list[_FeedEntry] = Field(min_length=1)


def load_feeds(path: Path, base_url: str | None = None) -> list[Feed]:
    """The feeds of a TOML or OPML file.

    Args:
        path: `*.toml`, or `*.opml` / `*.xml`.
        base_url: what relative addresses are resolved against; without it they are refused.

    Raises:
        ConfigurationError: naming the file, every entry that is wrong, and what to write instead.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    entries = _from_opml(path, raw) if path.suffix.lower() in {".opml", ".xml"} else _from_toml(path, raw)
    feeds = [_feed(entry, defaults, base_url) for entry, defaults in entries]
    _refuse_bad_addresses(path, feeds)
    _refuse_repeats(path, "id", [feed.feed_id for feed in feeds])
    _refuse_repeats(path, "url", [feed.url for feed in feeds])
    return feeds


def _from_toml(path: Path, raw: bytes) -> list[tuple[_FeedEntry, _Settings]]:
    try:
        text = raw.decode()
        document = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: is not TOML: {error}") from error
    try:
        parsed = _FeedsFile.model_validate(document)
    except ValidationError as error:
        raise ConfigurationError("\n".join(_explain(path, text, document, dict(e)) for e in error.errors())) from error
    return [(entry, parsed.defaults) for entry in parsed.feeds]


def _from_opml(path: Path, raw: bytes) -> list[tuple[_FeedEntry, _Settings]]:
    outlines = listparser.parse(raw).feeds
    if not outlines:
        raise ConfigurationError(f"{path}: no feed found: an OPML file lists them as <outline xmlUrl=…>")
    unique = {outline.url: outline.title or None for outline in reversed(outlines)}
    entries = []
    for url, title in reversed(unique.items()):
        try:
            entries.append((_FeedEntry(url=url, outlet=title), _Settings()))
        except ValidationError as error:
            raise ConfigurationError(f"{path}: {_without_password(url)}: {error.errors()[0]['msg']}") from error
    return entries


def _feed(entry: _FeedEntry, defaults: _Settings, base_url: str | None) -> Feed:
    url = urljoin(base_url, entry.url) if base_url else entry.url.strip()
    host = urlsplit(url).hostname or url
    chosen = {**defaults.model_dump(exclude_unset=True), **entry.model_dump(exclude_unset=True)}
    return Feed(
        feed_id=entry.id or f"{host.removeprefix('www.')}-{xxhash.xxh3_64_hexdigest(url.encode())[:8]}",
        url=url,
        outlet=entry.outlet or host.removeprefix("www."),
        private_network=chosen.get("private_network", False),
        user_agent=chosen.get("user_agent"),
        fallback_user_agent=chosen.get("fallback_user_agent"),
        proxy=chosen.get("proxy"),
        secret=entry.secret,
        min_interval_s=_seconds(chosen.get("min_interval")),
        language=chosen.get("language"),
    )


def _seconds(duration: str | None) -> int | None:
    match = _DURATION.match(duration or "")
    return int(match[1]) * _SECONDS[match[2]] if match else None


def _refuse_bad_addresses(path: Path, feeds: Sequence[Feed]) -> None:
    wrong = [feed for feed in feeds if not _is_address(feed.url)]
    if wrong:
        lines = [f"{path}: feed {feed.feed_id}: {feed.url!r} is not an http or https address" for feed in wrong]
        raise ConfigurationError("\n".join(lines))


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018 -- reading it is what checks it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", parts.netloc)


def _refuse_repeats(path: Path, what: str, values: Sequence[str]) -> None:
    repeated = [value for value, count in Counter(values).items() if count > 1]
    if repeated:
        raise ConfigurationError(f"{path}: {what} {repeated[0]!r} stands in two feeds: remove one")


def _explain(path: Path, text: str, document: dict[str, Any], error: dict[str, Any]) -> str:
    """One pydantic error as file, line, entry, what is wrong, and the remedy."""
    place = list(error["loc"])
    model: type[BaseModel] = _FeedsFile
    where, line = str(path), ""
    if place and place[0] == "feeds" and len(place) > 1:
        model, index = _FeedEntry, int(place[1])
        entry = document["feeds"][index]
        name = _name(entry) if isinstance(entry, dict) else entry
        starts = [number for number, row in enumerate(text.splitlines(), 1) if row.strip().startswith("[[feeds]]")]
        line = f":{starts[index]}" if index < len(starts) else ""
        where = f"{path}{line}: feed {index + 1} ({name})"
    elif place and place[0] == "defaults":
        model = _Settings
    key = str(place[-1]) if place else ""
    if error["type"] == "extra_forbidden":
        known = list(model.model_fields)
        guess = get_close_matches(key, known, 1)
        advice = f"did you mean {guess[0]!r}?" if guess else f"known are {', '.join(known)}"
        return f"{where}: unknown key {key!r}: {advice}"
    if error["type"] == "missing":
        return (
            f"{where}: {key!r} is missing: {model.model_fields[key].description or 'add at least one [[feeds]] entry'}"
        )
    if error["type"] == "string_pattern_mismatch":
        return f"{where}: {key}: {error['input']!r} cannot be used: {_PATTERNS[key]}"
    return f"{where}: {key}: {error['msg'].removeprefix('Value error, ')}"


def _name(entry: dict[str, Any]) -> str:
    return str(entry.get("id") or _without_password(str(entry.get("url") or "")) or "without id or url")


def _without_password(url: str) -> str:
    return re.sub(r"//[^/]*@", "//", url)
