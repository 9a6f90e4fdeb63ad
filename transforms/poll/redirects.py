"""Where a redirect leads, and when to stop following."""

from collections.abc import Collection
from urllib.parse import urldefrag, urljoin, urlsplit

from transforms.poll.faults import Fault

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOPS = 5


def next_hop(url: str, location: str, visited: Collection[str]) -> str:
    """The absolute address a Location header names.

    Args:
        url: the address that answered.
        location: the header as http.client hands it out, that is decoded as Latin-1.
        visited: the addresses asked so far, `url` included.

    Raises:
        Fault: `bad_redirect`, because the chain is a loop or too long, or does not lead to a web page.
    """
    target = _absolute(url, _as_sent(location).strip())
    if target is None:
        raise Fault("bad_redirect", f"redirected to {location!r}, which is no web address")
    if target in visited:
        raise Fault("bad_redirect", f"redirected in a loop, back to {target}")
    if len(visited) > _HOPS:
        raise Fault("bad_redirect", f"more than {_HOPS} redirects; update the feed's address")
    return target


def same_host(one: str, other: str) -> bool:
    """Whether the secret of one address may be told the other: the same origin, or the same host upgraded to TLS."""
    (scheme, host, port), second = _origin(one), _origin(other)
    return second == (scheme, host, port) or (scheme == "http" and port == 80 and second == ("https", host, 443))


def _origin(url: str) -> tuple[str, str | None, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _absolute(url: str, location: str) -> str | None:
    try:
        target = urldefrag(urljoin(url, location)).url
        parts = urlsplit(target)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is no number
        return None
    return target if usable else None


def _as_sent(location: str) -> str:
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
