"""`casewire feeds check` and `casewire feeds discover`: trying feeds before they are configured."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from schemas.errors import ConfigurationError
from schemas.flow import Feed
from transforms.parse.discovery import discover_feeds
from transforms.parse.language import LanguageDetector
from transforms.poll.checkup import Checkup, check_up
from transforms.poll.client import Client
from transforms.poll.credentials import without_credentials
from transforms.poll.exchange import Answer, Failure, Request, Response
from transforms.poll.settings import PollSettings

_SAMPLES = 5
_TRIED = 10
_PrivateNetwork = Annotated[bool, typer.Option(help="Allow addresses outside the public web, such as your own server.")]


def check(
    source: Annotated[str, typer.Argument(metavar="URL|FILE", help="The address of a feed, or a file holding one.")],
    private_network: _PrivateNetwork = False,
) -> None:
    """Polls one feed and says how it fares: answer, validators, next poll, dates, sample items, and what to do."""
    checkup = _checkup(source, private_network=private_network)
    typer.echo("\n".join(_report(checkup)))
    if not checkup.healthy:
        raise typer.Exit(1)


def discover(
    page: Annotated[str, typer.Argument(metavar="PAGE_URL", help="A page of the site whose feeds to find.")],
    private_network: _PrivateNetwork = False,
) -> None:
    """Finds the feeds that a web page names, and tries each."""
    settings = PollSettings()
    answer = Client(settings).fetch(Request(url=page, user_agent=settings.user_agent, private_network=private_network))
    if isinstance(answer, Failure) or answer.status != 200:
        raise ConfigurationError(f"{page}: {answer.detail if isinstance(answer, Failure) else f'HTTP {answer.status}'}")
    content_type = answer.headers.get("content-type")
    candidates = discover_feeds(answer.body, content_type=content_type, url=answer.url)[:_TRIED]
    found = 0
    for candidate in candidates:
        checkup = _checkup(candidate.url, private_network=private_network)
        found += checkup.healthy
        named = "declared" if candidate.declared else "linked"
        typer.echo(f"{candidate.url}  {named}, {checkup.came.outcome}: {checkup.came.detail}  {candidate.title}")
    if not found:
        typer.echo(f"{page} names no feed that can be read; look for an RSS link in its footer or help pages", err=True)
        raise typer.Exit(1)


def _checkup(source: str, *, private_network: bool) -> Checkup:
    settings = PollSettings()
    detector = LanguageDetector()
    now = datetime.now(UTC)
    if source.startswith(("http://", "https://")):
        feed = Feed(feed_id="check", url=source, outlet="check", private_network=private_network)
        return check_up(feed, Client(settings).fetch, settings, detector, now)
    path = Path(source)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{source} is neither a web address nor a readable file: {error.strerror}") from error

    def answer(request: Request) -> Answer:
        return Response(url=request.url, status=200, headers={}, body=body, wire_bytes=len(body))

    return check_up(
        Feed(feed_id="check", url=path.absolute().as_uri(), outlet="check"), answer, settings, detector, now
    )


def _report(checkup: Checkup) -> list[str]:
    came, memory = checkup.came, checkup.memory
    answer = came.answer
    validators = {True: "given and honoured", False: "given, not honoured", None: "none"}
    facts = {
        "address": without_credentials(came.request.url),
        **{f"redirect {hop.status}": hop.url for hop in answer.hops},
        "answered by": answer.url if answer.status else "nobody",
        "status": str(answer.status or "none"),
        "outcome": f"{came.outcome}: {came.detail}",
        "took": f"{answer.duration_ms} ms, {answer.wire_bytes:,} bytes",
    }
    if checkup.healthy:
        facts |= {
            "validators": f"{validators[checkup.honoured]}; ETag {memory.etag}, Last-Modified {memory.last_modified}",
            "identity": memory.identity,
            "dates": ", ".join(f"{count} {quality}" for quality, count in checkup.dates.most_common()) or "none",
        }
    facts["next poll"] = f"{memory.next_due_at:%Y-%m-%d %H:%M} UTC" if memory.next_due_at else "at once"
    lines = [f"{name:<14}{value}" for name, value in facts.items()]
    lines += [
        f"  {item.published_at:%Y-%m-%d %H:%M}  {item.language}  {item.word_count:>5} words  {item.title}"
        for item in checkup.items[:_SAMPLES]
    ]
    return [*lines, *(f"! {advice}" for advice in checkup.advice)]
