"""Which proxy a request goes through."""

from urllib.parse import urlsplit
from urllib.request import (  # type: ignore[attr-defined]  # missing in typeshed
    getproxies_environment,
    proxy_bypass_environment,
)

from transforms.poll.exchange import Request


def proxy_for(url: str, request: Request) -> str | None:
    """The proxy configured, else the environment's; private networks are asked directly unless one is configured."""
    if request.proxy or request.private_network:
        return request.proxy
    parts = urlsplit(url)
    proxies = getproxies_environment()
    if proxy_bypass_environment(parts.netloc, proxies):
        return None
    return proxies.get(parts.scheme) or proxies.get("all")
