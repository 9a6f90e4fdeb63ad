"""The base of every record, and the Arrow schema derived from it.

A record is declared once, as a frozen `msgspec.Struct` whose fields are `Annotated` with a description. That
declaration is the Python type that travels between transforms, the layout its coder writes, and the Parquet columns.
"""

import types
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

_SCALARS: Mapping[type, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    datetime: pa.timestamp("us", tz="UTC"),
}


class Record(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """An immutable, typed row.

    Fields are encoded in the order they are declared, so a new field goes last and has a default.
    """


def arrow_schema(record: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type, every column with its description.

    Raises:
        TypeError: a field has a type with no Arrow counterpart, or no description.
    """
    return pa.schema([_arrow_field(record, name, hint) for name, hint in _hints(record).items()])


def _hints(record: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    return {name: hints[name] for name in record.__struct_fields__}


def _arrow_field(record: type[Record], name: str, hint: Any) -> pa.Field:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{record.__name__}.{name} has no description: annotate it with Column")
    bare, meta = get_args(hint)
    inner, nullable = _strip_none(bare)
    description = {"description": meta.description}
    return pa.field(name, _arrow_type(inner), nullable=nullable, metadata=description)


def _arrow_type(hint: Any) -> pa.DataType:
    origin = get_origin(hint)
    if origin is Literal:
        return pa.string()
    if origin is list:
        (item,) = get_args(hint)
        return pa.list_(pa.field("element", _arrow_type(item), nullable=False))
    if isinstance(hint, type) and issubclass(hint, Record):
        return pa.struct([_arrow_field(hint, name, inner) for name, inner in _hints(hint).items()])
    if hint in _SCALARS:
        return _SCALARS[hint]
    raise TypeError(f"no Arrow type for {hint!r}")


def _strip_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in {Union, types.UnionType}:
        (inner,) = (arg for arg in get_args(hint) if arg is not types.NoneType)
        return inner, True
    return hint, False
