"""The Beam coder of records: msgpack, so that no element is ever pickled.

A job names the coder by its class and its record type, which every worker imports: no plugin, no state of the launcher.
"""

from typing import Any

import msgspec
from apache_beam.coders import Coder, registry

from schemas.flow import ArticleFact, Candidate, Entry, Feed, FeedFact, Item, Match, Placement, Poll, Shard, StagedFile
from schemas.memory import FeedMemory, Sketch
from schemas.record import Record
from schemas.tables import Article, Fetch, Reject, Story

_TRAVELLERS: tuple[type[Record], ...] = (
    Article,
    ArticleFact,
    Candidate,
    Entry,
    Feed,
    FeedFact,
    FeedMemory,
    Fetch,
    Item,
    Match,
    Placement,
    Poll,
    Reject,
    Shard,
    Sketch,
    StagedFile,
    Story,
)


class RecordCoder(Coder):
    """Codes one record type; equal records have equal bytes."""

    def __init__(self, record: type[Record]) -> None:
        self._record = record
        self._decoder = msgspec.msgpack.Decoder(record)
        self._encoder = msgspec.msgpack.Encoder(order="deterministic")

    def encode(self, value: Record) -> bytes:
        """Msgpack array of the fields in order."""
        return self._encoder.encode(value)

    def decode(self, encoded: bytes) -> Record:
        """The record, validated against its types.

        Raises:
            msgspec.ValidationError: the bytes are not a record of this type.
        """
        return self._decoder.decode(encoded)

    def is_deterministic(self) -> bool:
        """True: a record may be a key."""
        return True

    @classmethod
    def from_type_hint(cls, hint: type[Record], _registry: Any) -> "RecordCoder":
        """The coder Beam's registry hands out for a record type."""
        return cls(hint)

    def to_type_hint(self) -> type[Record]:
        """The record type."""
        return self._record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordCoder) and self._record is other._record

    def __hash__(self) -> int:
        return hash((RecordCoder, self._record))

    def __reduce__(self) -> tuple[type["RecordCoder"], tuple[type[Record]]]:
        return RecordCoder, (self._record,)


for _record in _TRAVELLERS:
    registry.register_coder(_record, RecordCoder)
