"""What goes out to the web and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from schemas.tables import Outcome

_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET of one document."""

    url: str
    user_agent: str
    etag: str | None = None
    last_modified: str | None = None
    authorization: str | None = field(default=None, repr=False)
    """Value of the Authorization header; sent to the host of `url` only."""
    proxy: str | None = None
    private_network: bool = False
    retried: bool = False
    """Whether it is the second attempt, under another name."""

    @property
    def conditional(self) -> bool:
        """Whether it carries validators."""
        return self.etag is not None or self.last_modified is not None

    def bearing(self, authorization: str | None) -> "Request":
        """The same with the feed's secret."""
        return replace(self, authorization=authorization)

    def under(self, user_agent: str) -> "Request":
        """The same, once more, by another name."""
        return replace(self, user_agent=user_agent, retried=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect that was followed."""

    url: str
    """The address that redirected."""
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer of any status, read to its end."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case name; repeated fields joined by commas."""
    body: bytes = b""
    wire_bytes: int = 0
    duration_ms: int = 0
    hops: tuple[Hop, ...] = ()

    @property
    def moved_to(self) -> str | None:
        """Where the document lives for good, if every redirect on the way said so and none gave up encryption."""
        permanent = self.hops and all(hop.status in _PERMANENT for hop in self.hops)
        return self.url if permanent and not self.downgraded else None

    @property
    def downgraded(self) -> bool:
        """Whether a redirect led from an encrypted address to a plain one."""
        schemes = [url.partition(":")[0] for url in (*(hop.url for hop in self.hops), self.url)]
        return ("https", "http") in pairwise(schemes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No usable answer, and why."""

    outcome: Outcome
    detail: str
    url: str
    """The address that failed: the last hop's."""
    status: int | None = None
    body: bytes = b""
    """The beginning of what had arrived."""
    body_bytes: int = 0
    wire_bytes: int = 0
    duration_ms: int = 0
    hops: tuple[Hop, ...] = ()
    transient: bool = False
    """Whether the fault is likely on our side: a resolver or proxy that does not answer."""


Answer = Response | Failure
