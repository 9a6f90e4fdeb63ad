"""What went wrong between us and a server, in the vocabulary of outcomes."""

from http.client import IncompleteRead

from urllib3.exceptions import DecodeError, LocationParseError, ProxyError, ReadTimeoutError, SSLError
from urllib3.exceptions import IncompleteRead as ChunkMissing

from schemas.tables import Outcome


class Fault(Exception):  # noqa: N818 -- an outcome on its way up, not a mistake of ours
    """A request came to nothing in a known way."""

    def __init__(self, outcome: Outcome, detail: str, *, transient: bool = False) -> None:
        super().__init__(detail)
        self.outcome: Outcome = outcome
        self.detail = detail
        self.transient = transient
        """Whether the cause is likely on our side: a resolver or a proxy that does not answer."""


_LABELS: tuple[tuple[type[Exception], Outcome, str], ...] = (
    (ReadTimeoutError, "timeout", "no complete answer in time"),
    (TimeoutError, "timeout", "no complete answer in time"),
    (SSLError, "tls_error", "no secure connection"),
    (ProxyError, "connect_error", "the proxy failed"),
    (DecodeError, "protocol_error", "the body is not encoded as the server says"),
    (LocationParseError, "bad_redirect", "no usable address"),
)


def fault_of(error: Exception) -> Fault:
    """The fault that an exception of urllib3 stands for."""
    if any(isinstance(argument, ChunkMissing | IncompleteRead) for argument in error.args):
        return Fault("truncated", "the connection ended inside the body")
    for kind, outcome, meaning in _LABELS:
        if isinstance(error, kind):
            return Fault(outcome, f"{meaning}: {error}", transient=isinstance(error, ProxyError))
    return Fault("protocol_error", str(error) or type(error).__name__)
