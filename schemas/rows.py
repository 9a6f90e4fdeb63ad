"""Records to Arrow tables and back."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from schemas.record import Record, arrow_schema

R = TypeVar("R", bound=Record)


def to_arrow(records: Sequence[Record], record: type[Record]) -> pa.Table:
    """A table with one row per record, in order, under the record's schema."""
    schema = arrow_schema(record)
    columns = [pa.array([_cell(getattr(row, column.name)) for row in records], type=column.type) for column in schema]
    return pa.table(columns, schema=schema)


def from_arrow(table: pa.Table, record: type[R]) -> list[R]:
    """The records of a table written by `to_arrow`, perhaps by an older version that lacked the last fields.

    Raises:
        msgspec.ValidationError: a value does not fit the record.
    """
    return msgspec.convert([_fields_in_order(row, record) for row in table.to_pylist()], list[record])  # type: ignore[valid-type]  # a type at run time


def _cell(value: Any) -> Any:
    if isinstance(value, Record):
        return {name: _cell(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list):
        return [_cell(item) for item in value]
    return value


def _fields_in_order(row: Mapping[str, Any], record: type[Record]) -> list[Any]:
    return [
        [_fields_in_order(item, nested) for item in row[name]] if nested else row[name]
        for name, nested in _layout(record)
        if name in row
    ]


@cache
def _layout(record: type[Record]) -> list[tuple[str, type[Record] | None]]:
    hints = get_type_hints(record)
    return [(name, _nested_record(hints[name])) for name in record.__struct_fields__]


def _nested_record(hint: Any) -> type[Record] | None:
    if get_origin(hint) is not list:
        return None
    (item,) = get_args(hint)
    return item if isinstance(item, type) and issubclass(item, Record) else None
