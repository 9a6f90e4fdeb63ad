"""The site a feed lives on: what publishers limit requests by."""

from functools import lru_cache
from urllib.parse import urlsplit

import tldextract

_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships: no network, no files


@lru_cache(maxsize=16_384)
def site_of(url: str) -> str:
    """The registrable domain of an address: tumblr.com for all blogs there (FreshRSS#8925); a bare host as it is."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return _suffixes(host).top_domain_under_public_suffix or host
