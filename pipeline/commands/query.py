"""`casewire query`: SQL over the tables."""

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from pipeline.query import connect
from schemas.errors import ConfigurationError
from transforms.write.store import absolute

_VIEWS = "stories, articles, story_articles, entities, topics, fetches, rejects"


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    sql: Annotated[str | None, typer.Argument(help=f"A query over the views {_VIEWS}. Without it: a prompt.")] = None,
    output: Annotated[str, typer.Option(help="The output to read.", envvar="CASEWIRE_OUTPUT")] = "data",
    format: Annotated[Format, typer.Option(help="How to print rows.")] = Format.table,  # noqa: A002 -- the option's name
) -> None:
    """Runs SQL over the tables, or opens a prompt; SQL may also come from standard input."""
    connection = connect(absolute(output))
    if sql is not None:
        _print(connection, sql, format)
    elif sys.stdin.isatty():
        _prompt(connection, format)
    else:
        _print(connection, sys.stdin.read(), format)


def _prompt(connection: duckdb.DuckDBPyConnection, chosen: Format) -> None:
    typer.echo(f"views: {_VIEWS}\nend a query with ; and leave with Ctrl-D")
    pending = ""
    while True:
        try:
            pending += input("   ...> " if pending else "casewire> ") + "\n"
        except EOFError:
            typer.echo()
            return
        if pending.rstrip().endswith(";"):
            try:
                _print(connection, pending, chosen)
            except ConfigurationError as error:
                typer.echo(str(error), err=True)
            pending = ""


def _print(connection: duckdb.DuckDBPyConnection, sql: str, chosen: Format) -> None:
    try:
        connection.execute(sql)
        names = [column[0] for column in connection.description or []]
        rows = connection.fetchall()
    except duckdb.Error as error:
        raise ConfigurationError(f"the query failed: {error}") from error
    match chosen:
        case Format.csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(rows)
        case Format.json:
            records = [dict(zip(names, row, strict=True)) for row in rows]
            typer.echo(json.dumps(records, default=str, ensure_ascii=False, indent=2))
        case Format.table:
            table = Table(*names)
            for row in rows:
                table.add_row(*("" if value is None else str(value) for value in row))
            Console(width=None if sys.stdout.isatty() else 200).print(table)
