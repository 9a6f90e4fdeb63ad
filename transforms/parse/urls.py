"""Addresses of pages: made absolute, and brought to one spelling."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

_RULES = tomllib.loads(files("schemas").joinpath("data/url_rules.toml").read_text(encoding="utf-8"))

RULES: int = _RULES["version"]
"""Version of the rules of schemas/data/url_rules.toml: an identity made under other rules is another."""

_TRACKERS = frozenset(_RULES["trackers"])
_TRACKER_PREFIXES = tuple(_RULES["tracker_prefixes"])
_ORIGINS = frozenset(_RULES["origins"])
_FEED_VALUES = frozenset(_RULES["feed_values"])
_NOISY_FRAGMENT = re.compile("|".join(["", *_RULES["noisy_fragments"]]), re.IGNORECASE)
_WRAPPERS = tuple(_RULES["wrappers"])
_REDIRECTORS = tuple(_RULES["redirectors"])
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def resolve(link: str, bases: Iterable[str | None]) -> str:
    """The link made absolute by the first base that can; the link itself where none can."""
    link = link.strip()
    for base in ("", *bases):
        try:
            parts = urlsplit(urljoin(base or "", link))
        except ValueError:  # an unreadable host such as "http://[x"
            continue
        if parts.scheme and parts.netloc:
            return parts.geturl()
    return link


def canonical(url: str) -> str | None:
    """One spelling for all variants of a page's address; None for what is not an http address.

    http and https are one; the host is lower case and in Punycode, without credentials and default port; dot segments
    and needless escapes are undone (RFC 3986, 6.2.2); known trackers go, the rest of the query is sorted; the
    fragment stays unless known to lead to a place on the page, since feeds of change logs name entries by it.
    """
    try:
        parts = urlsplit(_unwrapped(url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return None
    authority = _host(host) + (f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme.lower()] else "")
    fragment = "" if _NOISY_FRAGMENT.fullmatch(parts.fragment) else _escapes(parts.fragment)
    return urlunsplit(("https", authority, _path(parts.path), _query(parts.query), fragment))


def is_opaque(url: str) -> bool:
    """Whether the link is a redirector's, which hides the page it leads to."""
    return _host_and_path(url).startswith(_REDIRECTORS)


def _host_and_path(url: str) -> str:
    return url.partition("://")[2].lower()


def _unwrapped(url: str) -> str:
    if not _host_and_path(url).startswith(_WRAPPERS):
        return url
    target = next((value for key, value in parse_qsl(urlsplit(url).query) if key in {"url", "q"}), "")
    return target if target.startswith(("http://", "https://")) else url


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host}]"
    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return host


def _path(path: str) -> str:
    kept: list[str] = []
    segments = _escapes(path or "/").split("/")
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    directory = segments[-1] in {".", ".."}
    return "/" + "/".join(kept) + ("/" if directory and kept else "")


def _query(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair and not _tracks(pair)]
    return "&".join(sorted(_escapes(pair) for pair in pairs))


def _tracks(pair: str) -> bool:
    key, _, value = (unquote(part).lower() for part in pair.partition("="))
    return key in _TRACKERS or key.startswith(_TRACKER_PREFIXES) or (key in _ORIGINS and value in _FEED_VALUES)


def _escapes(part: str) -> str:
    # Escapes what may not stand in an address, and undoes the escape of what needs none.
    safe = quote(part, safe="/:@!$&'()*+,;=?%~[]")
    return _ESCAPED.sub(_unreserved, safe)


def _unreserved(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    plain = character.isascii() and (character.isalnum() or character in "-._~")
    return character if plain else match.group().upper()
