"""What invented budgets are made of: amounts, rows, sheets and text files."""

from collections.abc import Callable
from decimal import Decimal

from budget_model.intake.files.grid import CellValue, Facts, Sheet, Visibility, Workbook
from tests.intake.invented_words import Speech

Row = list[CellValue]
AMOUNTS = (412_537, 388_264, 120_418, 96_353, 41_207, 27_811, 310_046, 58_923)
ALL = sum(AMOUNTS)
Made = tuple[Workbook | tuple[bytes, str], tuple[int | Decimal, ...]]
"""A file and what may be loaded of it; nothing that may be: it is no budget."""
Layout = Callable[[Speech], Made]


def book(*sheets: Sheet | list[Row]) -> Workbook:
    """A workbook of sheets."""
    made = [one if isinstance(one, Sheet) else sheet(one, f"Sheet{k + 1}") for k, one in enumerate(sheets)]
    return Workbook("book.xlsx", "xlsx", "0" * 64, 10_000, made)


def sheet(
    rows: list[Row], name: str = "Sheet1", seen: Visibility = Visibility.VISIBLE, **facts: object
) -> Sheet:
    """One sheet, with what a second look found."""
    return Sheet(name, [list(map(_cell, row)) for row in rows], seen, facts=Facts(looked=True, **facts))  # type: ignore[arg-type]


def _cell(value: CellValue) -> CellValue:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def csv(rows: list[Row], mark: str = ";", coding: str = "utf-8", name: str = "book.csv") -> tuple[bytes, str]:
    """A text file of rows."""
    text = "\n".join(
        mark.join("" if c is None else f'"{c}"' if mark in str(c) else str(c) for c in row) for row in rows
    )
    return text.encode(coding, errors="replace"), name


def plain(s: Speech, head: str = "", amounts: tuple[int, ...] = AMOUNTS) -> list[Row]:
    """A header and a line for each amount."""
    rows: list[Row] = [[s.service, head or f"{s.amount} {s.currency}"]]
    rows += [[n, v] for n, v in zip(s.services, amounts, strict=False)]
    return rows


def grouped(s: Speech, value: float, places: int = 0) -> str:
    """An amount as it is written in a language."""
    text = f"{value:,.{places}f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".") if s.continental else text
