"""How feeds are asked: who asks, how long, how much and how many at once."""

from dataclasses import dataclass
from importlib.metadata import version

USER_AGENT = f"Casewire/{version('casewire')} (+https://example.org/casewire)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """Limits and manners of a run; each default is what a publisher on the public web may expect."""

    user_agent: str = USER_AGENT
    proxy: str | None = None
    """Proxy of all feeds that name none; None takes the environment's (`HTTPS_PROXY`, `NO_PROXY` ...)."""
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 20.0
    """Longest silence."""
    total_timeout_s: float = 60.0
    """Longest answer, all hops together: a server that sends a byte a second is never silent."""
    max_bytes: int = 15 << 20
    """Of a body, as transferred and as decoded."""
    threads: int = 64
    per_site: int = 2
    """Requests at once to one registrable domain."""
    spacing_s: float = 2.0
    """Between the starts of two requests to one registrable domain of the public web."""
