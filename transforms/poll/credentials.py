"""Keeps secrets out of what is stored: credentials leave the address before anybody writes it down."""

import base64
import os
from urllib.parse import unquote, urlsplit, urlunsplit

from schemas.flow import Feed
from transforms.poll.redirects import same_host


class MissingSecretError(LookupError):
    """The environment has no variable of the name the feed gives."""


def without_credentials(url: str) -> str:
    """The address without user name and password."""
    parts = urlsplit(url)
    _user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host)) if at else url


def authorization(feed: Feed, url: str) -> str | None:
    """Value of the Authorization header for a feed: from the environment, else from its configured address.

    Args:
        feed: the feed.
        url: the address that is asked: where a redirect made it another host's, that host is told nothing.

    Raises:
        MissingSecretError: the feed names an environment variable that is not set.
    """
    if not same_host(feed.url, url):
        return None
    if feed.secret:
        value = os.environ.get(feed.secret)
        if not value:
            raise MissingSecretError(f"environment variable {feed.secret}, the secret of this feed, is not set here")
        return value
    user = urlsplit(feed.url)
    if user.username is None:
        return None
    pair = f"{unquote(user.username)}:{unquote(user.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
