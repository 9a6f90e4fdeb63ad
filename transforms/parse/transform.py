"""`ParseEntries`: raw entries to items, on Beam."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.typehints import with_input_types, with_output_types

from schemas.flow import Entry, Item
from schemas.tables import Reject
from transforms.metrics import StepMetrics
from transforms.parse.language import LanguageDetector
from transforms.parse.reading import read_entry, rejected

logger = logging.getLogger("casewire.parse")

_ITEMS = "items"
_REJECTS = "rejects"


@dataclass(frozen=True)
class Parsed:
    """What became of the entries: each is in exactly one of the two."""

    items: beam.PCollection[Item]
    rejects: beam.PCollection[Reject]


class ParseEntries(beam.PTransform):
    """Reads text, dates, language and addresses of raw entries."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def expand(self, entries: beam.PCollection[Entry]) -> Parsed:
        """Entries to items and rejects."""
        read = entries | "Read entries" >> beam.ParDo(_ReadEntryFn(self._run_id)).with_outputs(_REJECTS, main=_ITEMS)
        return Parsed(items=read[_ITEMS], rejects=read[_REJECTS])


@with_input_types(Entry)
@with_output_types(Item, rejects=Reject)
class _ReadEntryFn(beam.DoFn):
    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def setup(self) -> None:
        self._metrics = StepMetrics("parse")
        self._detector = LanguageDetector()

    def process(self, entry: Entry) -> Iterable[Item | TaggedOutput]:
        with self._metrics.timed():
            read = self._read(entry)
        if isinstance(read, Reject):
            self._metrics.count("rejects")
            yield TaggedOutput(_REJECTS, read)
        else:
            self._metrics.count("items")
            yield read

    def _read(self, entry: Entry) -> Item | Reject:
        try:
            return read_entry(entry, run_id=self._run_id, detector=self._detector, count=self._metrics.count)
        except Exception as error:  # an entry that nobody thought of must not cost the run, and every run after it
            logger.warning("an entry of %s could not be read, see rejects: %r", entry.feed.feed_id, error)
            detail = f"unexpected {type(error).__name__}: {error}; please report this entry"
            return rejected(entry, "unreadable", detail, self._run_id)
