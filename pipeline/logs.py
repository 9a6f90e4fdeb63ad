"""Logs: one JSON object a line on standard error, warnings only unless asked for more."""

import logging
import sys
from datetime import UTC, datetime

import msgspec

_EXTRAS = ("step", "advance", "total", "feed_id", "outcome")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, and the structured fields of the record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)},
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(fields, enc_hook=str).decode()


def set_up_logs(verbosity: int) -> None:
    """Sends logs to standard error.

    Args:
        verbosity: 0 for warnings, 1 for what each step does, 2 for every detail and Beam's own logs.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    handler.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(verbosity, 2)])
    logging.basicConfig(handlers=[handler], level=logging.INFO if verbosity > 1 else logging.ERROR, force=True)
    if verbosity == 0:  # what stops a run is told in one message; Beam's traceback of it is for -v
        logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
    # The progress display listens to INFO even where nothing is printed.
    logging.getLogger("casewire").setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)
