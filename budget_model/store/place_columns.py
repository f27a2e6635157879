"""The place's tables in the store, from the fields of its values: a field is written once, in the model."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from cattrs import Converter, UnstructureStrategy

from budget_model.place.columns import Column, columns_of
from budget_model.place.model import TEN_PLACES, Grade
from budget_model.place.tables import PLACE, REFERENCE

Value = TypeVar("Value")

KEPT: Final[Mapping[str, tuple[str, type]]] = {
    **{table.part: (table.kept_in, table.value) for table in (*REFERENCE, *PLACE) if table.kept_in},
    "grades": ("grade", Grade),
}
"""Each part of a place, the table it is kept in and the value that a row of it is."""

_SQL: Final[Mapping[type, str]] = {
    str: "VARCHAR",
    int: "INTEGER",
    bool: "BOOLEAN",
    date: "DATE",
    Decimal: "DECIMAL(38,10)",
}


def to_row(value: object) -> tuple[Any, ...]:
    """A value as the cells of its row, in the order of its fields."""
    row: tuple[Any, ...] = _ROWS.unstructure(value)
    return row


def from_row(kind: type[Value], row: tuple[Any, ...]) -> Value:
    """The value that a row holds."""
    return _ROWS.structure(row, kind)


def sql_type(column: Column) -> str:
    """The type of the store's column for a field.

    >>> [sql_type(column) for column in columns_of(Grade)]
    ['INTEGER', 'VARCHAR', 'DECIMAL(38,10)', 'DECIMAL(38,10)']
    """
    bare = _SQL[str if issubclass(column.type, StrEnum) else column.type]
    return f"{bare}[]" if column.several else bare


def every_column() -> str:
    """SQL that answers nothing, and that fails where the store lacks a table or a column of the place.

    Five times quicker than to ask for the names of all columns, which has the database lay out its own views first.
    """
    return " union all ".join(
        f"""select 1 from (select {", ".join(f'"{column.name}"' for column in columns_of(kind))} from "{table}") where false"""
        for table, kind in KEPT.values()
    )


def additions(there: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The SQL that gives an older store the columns it lacks; `there` are the tables' columns that it has.

    A field that is added to a value has a default, which the rows of before then hold.
    """
    known = set(there)
    for table, kind in KEPT.values():
        for column in columns_of(kind):
            if (table, column.name) not in known:
                yield _added(table, column)


def _added(table: str, column: Column) -> str:
    if column.default is MISSING:
        raise TypeError(f"The field {column.name} of {table} is new and has no default for older stores.")
    kind = sql_type(column)
    return f'alter table "{table}" add column "{column.name}" {kind} default cast({_literal(column.default)} as {kind})'


def _literal(default: object) -> str:
    """A default as SQL: of a field of the model, so none of anybody's typing.

    A list is written as words: the database cannot read a list in its log again after a crash.

    >>> [_literal(default) for default in (None, False, "payment", (), Decimal("0.5"))]
    ['null', 'false', "'payment'", "'[]'", '0.5']
    """
    if default is None or isinstance(default, bool):
        return {None: "null", True: "true", False: "false"}[default]
    if isinstance(default, tuple):
        return f"'[{', '.join(map(str, default))}]'"
    return str(default) if isinstance(default, int | Decimal) else f"'{default}'"


def _shortest(number: Decimal) -> Decimal:
    """The same number without the zeros that the column's width added.

    >>> _shortest(Decimal("248.9000000000")), _shortest(Decimal("100.0000000000"))
    (Decimal('248.9'), Decimal('100'))
    """
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _rows() -> Converter:
    made = Converter(unstruct_strat=UnstructureStrategy.AS_TUPLE, detailed_validation=False)
    made.register_unstructure_hook(Decimal, lambda number: number.quantize(TEN_PLACES))
    made.register_unstructure_hook(StrEnum, lambda word: word.value)
    made.register_structure_hook(Decimal, lambda number, _: _shortest(number))
    made.register_structure_hook(date, lambda day, _: day)
    return made


_ROWS: Final = _rows()
