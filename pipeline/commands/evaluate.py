"""`casewire evaluate`: quality measured on labelled data, against pinned floors."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from schemas.errors import ConfigurationError
from schemas.figure import Figure
from transforms.deduplicate.evaluate import figures as dedupe_figures
from transforms.tag.entities.evaluate import figures as entity_figures
from transforms.tag.topics.evaluate import figures as topic_figures


class Subject(StrEnum):
    """What can be measured."""

    dedupe = "dedupe"
    entities = "entities"
    topics = "topics"


_FIGURES: dict[Subject, Callable[[Path], list[Figure]]] = {
    Subject.dedupe: dedupe_figures,
    Subject.entities: entity_figures,
    Subject.topics: topic_figures,
}


def evaluate(
    subject: Annotated[Subject, typer.Argument(help="What to measure.")],
    data: Annotated[Path, typer.Option(help="Folder of the corpora.", envvar="CASEWIRE_SHARED_DATA")],
) -> None:
    """Prints quality figures next to their floors; exits 1 when one has fallen below its floor."""
    if not data.is_dir():
        raise ConfigurationError(f"--data {data}: there is no such folder: name the one that holds the corpora")
    figures = _FIGURES[subject](data)
    table = Table("figure", "value", "floor", "", "measured on")
    for figure in figures:
        verdict = "ok" if figure.value >= figure.floor else "BELOW"
        table.add_row(figure.name, f"{figure.value:.3f}", f"{figure.floor:.3f}", verdict, figure.detail)
    Console(width=None if Console().is_terminal else 160).print(table)
    if any(figure.value < figure.floor for figure in figures):
        sys.exit(1)
