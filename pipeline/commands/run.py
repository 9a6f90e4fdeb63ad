"""`casewire run`: one bounded run."""

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.console import Console

from pipeline.beam_options import beam_options
from pipeline.bounded import RunRequest, run_bounded
from pipeline.logs import set_up_logs
from pipeline.progress import progress_display
from pipeline.sample_server import serve
from pipeline.summary import describe
from pipeline.tagging import tagger_settings
from schemas.errors import ConfigurationError
from schemas.feeds_file import load_feeds
from schemas.flow import Feed
from transforms.poll.transform import utc_now
from transforms.write.store import absolute

PASS_THROUGH = {"allow_extra_args": True, "ignore_unknown_options": True}
"""What Casewire does not know is for Beam."""

_SAMPLES = Path(__file__).parents[2] / "samples"
_HOURS = re.compile(r"^(\d+)h$")


def run(
    context: typer.Context,
    feeds: Annotated[
        Path | None, typer.Option(help="Feeds to poll, TOML or OPML. Without it: the bundled samples.")
    ] = None,
    output: Annotated[str | None, typer.Option(help="Folder, or s3://… gs://… az://…, to add to.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Poll every feed, due or not; Retry-After is kept.")] = False,
    window: Annotated[str, typer.Option(help="How far apart copies of one story may be.")] = "72h",
    spacy_model: Annotated[
        str | None, typer.Option(help="Any installed spaCy pipeline instead of the bundled one.")
    ] = None,
    topics: Annotated[Path | None, typer.Option(help="Your topics file.")] = None,
    entities: Annotated[Path | None, typer.Option(help="Your entities file.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes of the local runner.")] = 1,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Log more: -v steps, -vv details.")] = 0,
) -> None:
    """Polls the feeds once and adds what is new to the tables.

    Options of Beam (--runner, --temp_location …) may follow and are passed on unchanged.
    Exits 0 when data was committed, 1 when nothing could be done, 2 on bad arguments or configuration.
    """
    set_up_logs(verbose)
    options = beam_options(context.args, workers)
    tagger = tagger_settings(spacy_model, topics, entities)
    span = _window(window)
    with _feeds(feeds) as to_poll:
        request = RunRequest(
            feeds=to_poll,
            location=_location(output, sample=feeds is None),
            beam=options,
            tagger=tagger,
            poll_all=now,
            shards=workers,
            window=span,
        )
        with progress_display(Console(stderr=True)):
            summary = run_bounded(request, utc_now)
    typer.echo(describe(summary, request.location))
    casewire = shutil.which("casewire") or str(Path(sys.executable).with_name("casewire"))
    typer.echo(f"\nask    {shlex.join([casewire, 'query', '--output', request.location, _SQL])}")


_SQL = "SELECT title, outlet_count, copies, topic_slugs FROM story_articles ORDER BY copies DESC LIMIT 10"


@contextmanager
def _feeds(path: Path | None) -> Iterator[list[Feed]]:
    """The feeds to poll; the samples are served over HTTP on loopback while they are polled."""
    if path is not None:
        yield load_feeds(path)
        return
    if not _SAMPLES.is_dir():
        raise ConfigurationError("--feeds is missing, and the sample feeds come with the repository only: name a file")
    with serve(_SAMPLES) as base_url:
        yield [replace(feed, private_network=True) for feed in load_feeds(_SAMPLES / "feeds.toml", base_url)]


def _location(output: str | None, *, sample: bool) -> str:
    if output is not None:
        return absolute(output)
    if not sample:
        raise ConfigurationError("--output is missing: name the folder (or s3://… address) to add to")
    return str(_SAMPLES.parent / "data-samples")


def _window(text: str) -> timedelta:
    match = _HOURS.match(text)
    if not match or not 1 <= int(match[1]) <= 24 * 30:
        raise ConfigurationError(f'--window {text!r}: write hours between 1h and 720h, such as "72h"')
    return timedelta(hours=int(match[1]))
