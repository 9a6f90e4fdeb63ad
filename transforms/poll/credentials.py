"""Keeps secrets out of what is stored: credentials leave the address before anybody writes it down."""

import base64
import os
from urllib.parse import unquote, urlsplit, urlunsplit

from schemas.flow import Feed


class MissingSecretError(LookupError):
    """The environment has no variable of the name the feed gives."""


def without_credentials(url: str) -> str:
    """The address without user name and password."""
    parts = urlsplit(url)
    _user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host)) if at else url


def authorization(feed: Feed) -> str | None:
    """Value of the Authorization header for a feed: from the environment, else from its address; None for neither.

    Raises:
        MissingSecretError: the feed names an environment variable that is not set.
    """
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
