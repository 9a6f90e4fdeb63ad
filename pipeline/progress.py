"""The progress display: a bar for each step, on a terminal only.

Steps say what they did in the `step`, `advance` and `total` fields of their log records, wherever they run; the display
listens to those, so no step knows of it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

_LABELS = {
    "poll": "polling feeds",
    "parse": "reading entries",
    "deduplicate": "finding copies",
    "tag": "tagging stories",
    "write": "writing tables",
    "commit": "committing",
}


class _Listener(logging.Handler):
    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def emit(self, record: logging.LogRecord) -> None:
        step = getattr(record, "step", None)
        if step not in _LABELS:
            return
        if step not in self._bars:
            self._bars[step] = self._progress.add_task(_LABELS[step], total=None)
        self._progress.update(
            self._bars[step], advance=getattr(record, "advance", 0), total=getattr(record, "total", None)
        )


@contextmanager
def progress_display(console: Console) -> Iterator[None]:
    """Shows progress while the block runs, if the console is a terminal."""
    if not console.is_terminal:
        yield
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    logger = logging.getLogger("casewire")
    with Progress(*columns, console=console, transient=True) as progress:
        listener = _Listener(progress)
        logger.addHandler(listener)
        try:
            yield
        finally:
            logger.removeHandler(listener)
