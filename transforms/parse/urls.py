"""Addresses of pages: made absolute, and brought to one spelling."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

RULES = 1
"""Version of the rules below; a change of any of them changes identities."""

_TRACKERS = frozenset(
    {
        # Advertising and social networks
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "igshid"),
        *("igsh", "li_fat_id", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "hsctatracking", "mkt_tok"),
        *(
            "vero_id",
            "vero_conv",
            "oly_anon_id",
            "oly_enc_id",
            "rb_clickid",
            "s_cid",
            "_openstat",
            "srsltid",
            "wickedid",
        ),
        *("sr_share", "ml_subscriber", "ml_subscriber_hash", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref"),
        *("action_object_map", "action_type_map", "action_ref_map", "guccounter", "guce_referrer", "guce_referrer_sig"),
        # Publishers' own: BBC, Guardian, Le Monde, Daily Mail, Bloomberg, NYT, Reuters, CNBC, Washington Post
        *(
            "at_medium",
            "at_campaign",
            "at_custom1",
            "at_custom2",
            "at_custom3",
            "at_custom4",
            "at_format",
            "at_link_id",
        ),
        *("at_link_type", "at_link_origin", "at_ptr_name", "at_bbc_team", "cmp", "cmpid", "cmp_id", "xtor", "ito"),
        *("ns_campaign", "ns_source", "ns_mchannel", "ns_linkname", "smid", "smtyp", "taid", "feedtype", "feedname"),
        *("__source", "wprss", "tpcc", "ocid", "echobox", "mbid", "ftag", "soc_src", "soc_trk", "ncid", "sref"),
    }
)
_TRACKER_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "ga_", "stm_")
_ORIGINS = frozenset({"source", "src", "ref", "from", "via", "partner", "emc", "origin", "feed", "rss", "rssfeed"})
_FEED_VALUES = frozenset({"rss", "rss2", "feed", "feeds", "rssfeed", "rss_feed", "rss-feed", "atom"})
_NOISY_FRAGMENT = re.compile(
    r"(?:comments?|respond|disqus_thread|more(?:-\d+)?|top|rss|:~:.*|(?:utm_|mtm_|xtor=|ref=|at_|echobox=).*)?",
    re.IGNORECASE,
)
_UNRESERVED = re.compile(r"%([0-9A-Fa-f]{2})")
_REDIRECTS = {"google": "url", "bing": "url"}
_WRAPPER = re.compile(r"(?:www|news)\.(google|bing)\.[a-z.]{2,6}/(?:news/)?(?:url|apiclick\.aspx)", re.IGNORECASE)
_OPAQUE = re.compile(
    r"news\.google\.[a-z.]{2,6}/(?:rss/|__i/rss/rd/|articles/|read/)"
    r"|(?:feedproxy\.google|feeds\.feedburner|feeds2\.feedburner)\.com/~r/"
    r"|(?:t\.co|bit\.ly|ow\.ly|buff\.ly|dlvr\.it|tinyurl\.com|lnkd\.in|ift\.tt|trib\.al|goo\.gl|is\.gd)/",
    re.IGNORECASE,
)
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
    return bool(_OPAQUE.match(url.partition("://")[2]))


def _unwrapped(url: str) -> str:
    if not _WRAPPER.match(url.partition("://")[2]):
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
    return _UNRESERVED.sub(_unreserved, safe)


def _unreserved(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    plain = character.isascii() and (character.isalnum() or character in "-._~")
    return character if plain else match.group().upper()
