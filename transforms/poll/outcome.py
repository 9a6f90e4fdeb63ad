"""What an answer amounts to, before its document is read."""

from collections.abc import Mapping

from schemas.tables import Outcome
from transforms.poll.exchange import Answer, Failure, Request, Response

SUCCESSES: frozenset[Outcome] = frozenset({"new", "nothing_new", "unchanged", "not_modified"})

_BY_STATUS: Mapping[int, Outcome] = {
    401: "forbidden",
    403: "forbidden",
    404: "not_found",
    410: "gone",
    429: "throttled",
    503: "unavailable",
}
_CHALLENGE_HEADERS = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", "challenge"))
_CHALLENGE_MARKS = (b"/cdn-cgi/challenge-platform/", b"cf-chl-", b"_Incapsula_Resource", b"captcha-delivery.com")

# Media Cloud's classes: a surprising number of feeds come back after 404, unknown host or a page of HTML.
_TEMPORARY, _SOFT, _HARD = 0.25, 0.5, 1.0
_SOFT_FAILURES: frozenset[Outcome] = frozenset(
    {
        "empty",
        "blocked",
        "not_found",
        "throttled",
        "unavailable",
        "server_error",
        "dns_error",
        "connect_error",
        "tls_error",
        "timeout",
        "truncated",
    }
)


def outcome_of(request: Request, answer: Answer) -> Outcome | None:
    """The outcome of an answer; None for a body that is still to be read as a feed."""
    if isinstance(answer, Failure):
        return answer.outcome
    if is_challenge(answer):
        return "blocked"
    match answer.status:
        case 200 | 203 | 226:  # 226: the changes only, as asked for by A-IM (RFC 3229)
            return None if answer.body else "empty"
        case 204 | 205:
            return "empty"
        case 304:
            return "not_modified" if request.conditional else "protocol_error"
        case status:
            return _BY_STATUS.get(status) or _by_class(status)


def is_challenge(response: Response) -> bool:
    """Whether a guard in front of the site answered instead of the site (Cloudflare, AWS WAF, Incapsula, DataDome)."""
    if any(response.headers.get(name, "").lower() == value for name, value in _CHALLENGE_HEADERS):
        return True
    if not is_page(response):
        return False
    if any(mark in response.body for mark in _CHALLENGE_MARKS):
        return True
    # A feed's own server refuses without a page; a 503 that names a time is maintenance.
    return response.status == 403 or (response.status == 503 and "retry-after" not in response.headers)


def is_page(response: Response) -> bool:
    """Whether the answer says it is HTML."""
    return response.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))


def weight_of(outcome: Outcome, answer: Answer) -> float:
    """How much a failure counts: temporary ones a quarter, likely passing ones a half."""
    if isinstance(answer, Failure) and answer.transient:
        return _TEMPORARY
    return _SOFT if outcome in _SOFT_FAILURES else _HARD


def _by_class(status: int) -> Outcome:
    match status // 100:
        case 3:
            return "bad_redirect"
        case 4:
            return "client_error"
        case 5:
            return "server_error"
        case _:
            return "protocol_error"
