"""Rows of a question as the model's own values: a column goes to the field of its name."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from cattrs import Converter

Value = TypeVar("Value")
Record = Mapping[str, Any]
"""One row: what stands in each of its columns, by name."""


def value_of(kind: type[Value], record: Record) -> Value:
    """The value whose fields a row names; columns of no field are passed over."""
    return _CONVERTER.structure(record, kind)


def _as_it_is(value: Any, _: Any) -> Any:
    return value


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    for kind in (Decimal, date):
        made.register_structure_hook(kind, _as_it_is)
    return made


_CONVERTER: Final = _converter()
