"""The command line: `casewire` and `python -m pipeline` are this program."""

import sys

import typer

from pipeline.bounded import RunFailed
from pipeline.commands import evaluate, explain, feeds, query, run, topics
from pipeline.lease import OutputBusy
from schemas.errors import ConfigurationError
from transforms.write.store import StorageError

app = typer.Typer(
    name="casewire",
    help="Pulls news feeds, folds reruns of one wire story into one, tags entities and case topics, writes Parquet.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run", context_settings=run.PASS_THROUGH)(run.run)
app.command("query")(query.query)
app.command("explain")(explain.explain)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(feeds.app, name="feeds")
app.add_typer(topics.app, name="topics")


def main() -> None:
    """Runs the command line and exits: 0 done, 1 nothing could be done, 2 bad arguments or configuration."""
    try:
        app()
    except ConfigurationError as error:
        _fail(error, 2)
    except (OutputBusy, StorageError, RunFailed) as error:
        _fail(error, 1)


def _fail(error: Exception, code: int) -> None:
    typer.echo(f"casewire: {error}", err=True)
    sys.exit(code)
