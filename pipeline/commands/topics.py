"""`casewire topics`: looking at the taxonomy."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from schemas.errors import ConfigurationError
from schemas.taxonomy import Taxonomy
from transforms.tag.topics.check import check

app = typer.Typer(help="Look at the case topics in force, and check your own.", no_args_is_help=True)

_TopicsFile = Annotated[Path | None, typer.Option("--topics", help="Your topics file, on top of the shipped one.")]


@app.command("list")
def list_(topics: _TopicsFile = None) -> None:
    """Lists every topic in force."""
    taxonomy = Taxonomy.load(topics)
    table = Table("slug", "label", "group", "IPTC", title=f"version {taxonomy.version}")
    for topic in taxonomy.topics:
        table.add_row(topic.slug, topic.label, topic.group, topic.iptc or "")
    Console(width=None if Console().is_terminal else 120).print(table)


@app.command("show")
def show(slug: Annotated[str, typer.Argument(help="The topic's name.")], topics: _TopicsFile = None) -> None:
    """Shows a topic's definition and rules."""
    try:
        topic = Taxonomy.load(topics)[slug]
    except KeyError as error:
        raise ConfigurationError(f"there is no topic {slug!r}: see casewire topics list") from error
    for name, value in topic.model_dump(exclude_none=True).items():
        if value:
            typer.echo(f"{name:<14}{value if not isinstance(value, list | tuple) else '; '.join(map(str, value))}")


@app.command("check")
def check_(
    topics: Annotated[Path | None, typer.Argument(help="Your topics file; without it, the shipped one.")] = None,
) -> None:
    """Runs every example, reports rules that cannot work, and times the rules; exits 1 on an error."""
    taxonomy = Taxonomy.load(topics)
    report = check(taxonomy)
    for finding in report.findings:
        typer.echo(f"{'ERROR' if finding.is_error else 'note '}  {finding.topic}: {finding.message}")
    typer.echo(
        f"{report.topics} topics, {report.examples} examples, {report.literals} word sequences; "
        f"compiled in {report.load_s:.2f} s, {report.words_per_s:,.0f} words/s; version {taxonomy.version}"
    )
    if not report.ok:
        raise typer.Exit(1)
