"""The cells of a workbook as they stand, for a form whose layout is known: read behind the guard like any upload."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from budget_model.intake.files.grid import Workbook
from budget_model.intake.files.guard import in_child
from budget_model.problem import Refusal

PLAIN: Final = "cells as they stand"
"""Under what a request says that nothing is to be understood."""
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One sheet: its cells in words, dates as 2026-03-31, numbers with a point."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlainBook:
    """The sheets of a workbook."""

    sheets: tuple[PlainSheet, ...]


def plain_sheets(workbook: Workbook, asked: Mapping[str, str]) -> PlainBook:
    """Every sheet as it stands; raises `Refusal` for one that is longer than the request allows."""
    most = int(asked[PLAIN])
    if any(len(sheet.rows) > most for sheet in workbook.sheets):
        raise Refusal(
            f"A sheet has more than {most:,} rows, the most that is read of such a file. Take the rows away that are "
            "not of it, or send it in parts."
        )
    return PlainBook(
        tuple(
            PlainSheet(sheet.name, tuple(tuple(map(_text, row)) for row in sheet.rows))
            for sheet in workbook.sheets
        )
    )


def read_plain(data: bytes, file: str, most: int = MOST_ROWS) -> PlainBook:
    """The cells of an uploaded workbook, read in a process of its own.

    Raises `Refusal` for what cannot be read, and for a sheet of more than `most` rows.
    """
    book = in_child(data, file, PlainBook, {"answers": {PLAIN: str(most)}})
    assert isinstance(book, PlainBook)  # noqa: S101
    return book


def _text(value: object) -> str:
    """One cell in words.

    >>> [_text(each) for each in (None, 12.50, 3.0, date(2026, 3, 31), "of Derby", True)]
    ['', '12.5', '3', '2026-03-31', 'of Derby', 'True']
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)
