"""A place's values as the files that its folder holds: cells as text, tables as CSV, settings as TOML."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Final

from budget_model.place.columns import Column

WHOLE: Final = re.compile(r"-?\d{1,15}")


def cell_of(value: Any) -> str:
    """A value as a cell of a place's file holds it.

    >>> cell_of(None), cell_of(("a", "b")), cell_of(Decimal("12.00")), cell_of(True)
    ('', 'a;b', '12.00', 'yes')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case tuple():
            return ";".join(cell_of(part) for part in value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
    return str(value)


def write_table(path: Path, value: type, rows: Iterable[Any]) -> None:
    """Values of one kind as the CSV that a place's folder holds, a column for each field."""
    names = [field.name for field in fields(value)]
    cells = ([cell_of(getattr(row, name)) for name in names] for row in rows)
    path.write_text(csv_of(names, cells), encoding="utf-8", newline="")


def csv_of(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A header and its rows as CSV."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return kept.getvalue()


def toml_lines(columns: Sequence[Column], row: Sequence[str]) -> Iterator[str]:
    """A row as one line of TOML for each column."""
    for column, cell in zip(columns, row, strict=True):
        yield f"{column.name} = {_toml(column, cell)}"


def toml_text(text: str) -> str:
    r"""A text as TOML writes it.

    >>> print(toml_text('say "no"'))
    "say \"no\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(column: Column, cell: str) -> str:
    """A cell as its column's kind is written; what is no such value stays a text, so that its reader can say so."""
    if column.several:
        return f"[{', '.join(toml_text(part.strip()) for part in cell.split(';') if part.strip())}]"
    if column.type is int and WHOLE.fullmatch(cell):
        return cell
    return toml_text(cell)
