"""`casewire feeds`: looking at feeds, alone and in memory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.commands.check import check, discover
from pipeline.memory import read_feed_memory
from schemas.errors import ConfigurationError
from schemas.feeds_file import load_feeds
from schemas.flow import Feed
from schemas.memory import FeedMemory
from transforms.poll.rhythm import is_silent
from transforms.write.store import Store, absolute

app = typer.Typer(help="Look at feeds: try them, find them, import them, and see how they fare.", no_args_is_help=True)
app.command("check")(check)
app.command("discover")(discover)


@app.command("import")
def import_(
    opml: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    to: Annotated[Path | None, typer.Option(help="Write here instead of to standard output; must not exist.")] = None,
) -> None:
    """Turns an OPML file into a feeds file that `casewire run --feeds` reads."""
    text = "\n".join(_toml(feed) for feed in load_feeds(opml))
    if to is None:
        typer.echo(text)
        return
    try:
        with to.open("x") as file:
            file.write(text)
    except OSError as error:
        raise ConfigurationError(f"{to}: cannot be written: {error.strerror}") from error
    typer.echo(f"{to}: {text.count('[[feeds]]')} feeds; now: casewire run --feeds {to} --output data")


@app.command("list")
def list_(
    output: Annotated[str, typer.Option(help="The output whose feeds to show.", envvar="CASEWIRE_OUTPUT")] = "data",
) -> None:
    """Shows how each feed fares: last success, failures, rhythm, overlap, silence."""
    now = datetime.now(UTC)
    table = Table("feed", "last outcome", "last success", "failures", "every", "overlap", "next due", "remark")
    for memory in sorted(read_feed_memory(Store(absolute(output), create=False)), key=lambda memory: memory.feed_id):
        table.add_row(
            memory.feed_id,
            memory.last_outcome or "",
            _ago(memory.last_success_at, now),
            f"{memory.failures:g}",
            f"{memory.interval_s // 60} min" if memory.interval_s else "",
            "" if memory.last_overlap is None else f"{memory.last_overlap:.0%}",
            f"{memory.next_due_at:%m-%d %H:%M}" if memory.next_due_at else "now",
            _remark(memory, now),
        )
    Console(width=None if Console().is_terminal else 160).print(table)


def _toml(feed: Feed) -> str:
    lines = ["[[feeds]]", f"id = {json.dumps(feed.feed_id)}", f"url = {json.dumps(feed.url)}"]
    return "\n".join([*lines, f"outlet = {json.dumps(feed.outlet, ensure_ascii=False)}", ""])


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    hours = (now - moment).total_seconds() / 3600
    return (
        f"{hours * 60:.0f} min ago" if hours < 2 else f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} d ago"
    )


def _remark(memory: FeedMemory, now: datetime) -> str:
    if memory.state == "gone":
        return "gone (410)"
    if memory.last_overlap == 0:
        return "items were probably missed"
    return "silent: much longer than usual" if is_silent(memory, now) else ""
