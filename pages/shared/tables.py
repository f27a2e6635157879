"""Tables as people read, hear and keep them: one value, shown on the page, written as CSV and as Excel."""

import csv as separated
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from budget_model.exhibits.tables import Kind, Table, Value
from budget_model.money import exact_pounds
from budget_model.spreadsheet_text import as_text, visible
from pages.shared import components
from pages.shared.components import Cell, Head

MOST_ROWS = 150
LARGEST_WITH_PENNIES = 1000
"""Beside larger amounts pennies say nothing; the files have them."""


CLASSES: Mapping[Kind, str] = {
    Kind.WORDS: "text",
    Kind.POUNDS: "money",
    Kind.COUNT: "count",
    Kind.SHARE: "share",
    Kind.NUMBER: "count",
    Kind.TIMES: "count",
}
"""What a column of each kind is called in the styles of the screen."""


BRIEF, LONG = 17, 40
"""Letters up to which every cell of a column stands on one line, as a date does; and of a usual cell that is given room."""


def show(table: Table, most: int = MOST_ROWS, *, wide_last: bool = False) -> None:
    """Draw the table: its first `most` rows, the last of them the total; the files hold all."""
    pennies = _has_pennies(table)
    shown = table.rows if len(table.rows) <= most else (*table.rows[: most - 1], *table.rows[-1:])
    components.figures_table(
        table.title,
        _heads(table, shown),
        [_cells(table, row, pennies=pennies) for row in shown],
        has_total=bool(table.totals),
        left_out=len(table.rows) - len(shown),
        wide_last=wide_last,
    )


def _heads(table: Table, rows: Sequence[tuple[Value, ...]]) -> list[Head]:
    """The headings; a column of words is set by how long its cells are, so that no sentence is squeezed beside short ones."""
    return [
        Head(column.name, _set_as(column.kind, [len(str(row[place])) for row in rows if row[place]]))
        for place, column in enumerate(table.columns)
    ]


def _set_as(kind: Kind, lengths: Sequence[int]) -> str:
    """How the styles of the screen call a column of this kind whose cells that are not empty have so many letters.

    >>> _set_as(Kind.WORDS, [13]), _set_as(Kind.WORDS, [9, 9, 80]), _set_as(Kind.WORDS, [9, 80, 80])
    ('text brief', 'text', 'text long')
    """
    if kind is not Kind.WORDS:
        return CLASSES[kind]
    if max(lengths, default=0) <= BRIEF:
        return f"{CLASSES[kind]} brief"
    return f"{CLASSES[kind]} long" if median(lengths) >= LONG else CLASSES[kind]


def _cells(table: Table, row: tuple[Value, ...], *, pennies: bool) -> list[Cell]:
    return [
        Cell(said(value, column.kind, pennies=pennies), isinstance(value, Decimal) and value < 0)
        for column, value in zip(table.columns, row, strict=True)
    ]


def said(value: Value, kind: Kind, *, pennies: bool = True) -> str:
    """One value as it stands in a table; negatives in brackets.

    >>> said(Decimal("-1250.00"), Kind.POUNDS, pennies=False), said(Decimal("0.125"), Kind.SHARE), said(None, Kind.WORDS)
    ('(£1,250)', '12.5%', '–')
    """
    if value in (None, ""):
        return "–"
    if kind is Kind.POUNDS and isinstance(value, Decimal):
        return exact_pounds(value) if pennies else exact_pounds(value.quantize(Decimal(1))).replace(".00", "")
    if kind is Kind.SHARE and isinstance(value, Decimal):
        return f"{value * 100:.1f}%"
    if kind is Kind.TIMES and isinstance(value, Decimal):
        return f"{value:.1f}×"
    if kind in (Kind.COUNT, Kind.NUMBER) and isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(value)


def csv(table: Table) -> bytes:
    """The table as CSV that Excel opens in the right encoding; text that looks like a formula stays text."""
    kept = io.StringIO()
    writer = separated.writer(kept, lineterminator="\r\n")
    writer.writerow([as_text(column.name) for column in table.columns])
    for row in table.rows:
        writer.writerow([_plain(value) for value in row])
    if table.notes:
        writer.writerow([])
        for note in (table.title, *table.notes):
            writer.writerow([as_text(note)])
    return b"\xef\xbb\xbf" + kept.getvalue().encode("utf-8")


def excel(table: Table) -> bytes:
    """The table as a workbook: the figures on one sheet, what they are on another."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    head = book.add_format(
        {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#F3F5F7"}
    )
    styles: dict[Kind, Any] = {
        Kind.WORDS: book.add_format({"valign": "top"}),
        Kind.POUNDS: book.add_format({"num_format": "£#,##0.00;(£#,##0.00)"}),
        Kind.COUNT: book.add_format({"num_format": "#,##0"}),
        Kind.SHARE: book.add_format({"num_format": "0.0%"}),
        Kind.NUMBER: book.add_format({"num_format": "#,##0.####"}),
        Kind.TIMES: book.add_format({"num_format": "0.0"}),
    }
    sheet = book.add_worksheet("Figures")
    for number, column in enumerate(table.columns):
        sheet.write_string(0, number, visible(column.name), head)
        widest = max((len(str(row[number])) for row in table.rows[:500]), default=8)
        sheet.set_column(number, number, min(60, max(12, len(column.name), widest) + 2))
        for place, row in enumerate(table.rows, start=1):
            _write(sheet, place, number, row[number], styles[column.kind])
    sheet.freeze_panes(1, 1)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 110)
    for place, note in enumerate((table.title, *table.notes)):
        about.write_string(place, 0, visible(note), book.add_format({"text_wrap": True, "bold": place == 0}))
    book.close()
    return kept.getvalue()


def file_name(title: str, suffix: str) -> str:
    """A plain name for a file that is kept.

    >>> file_name("Who spends it: £862m", "csv")
    'who-spends-it-862m.csv'
    """
    words = "".join(letter if letter.isalnum() else " " for letter in title.lower()).split()
    kept = "-".join(word for word in words if word.isascii())[:80].strip("-")
    return f"{kept or 'table'}.{suffix}"


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Decimal | int) else as_text(str(value))


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if value in (None, ""):
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, Decimal | int) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value), style)
    else:
        sheet.write_string(row, column, visible(str(value)), style)


def _has_pennies(table: Table) -> bool:
    places = [place for place, column in enumerate(table.columns) if column.kind is Kind.POUNDS]
    amounts = [value for row in table.rows for place in places if isinstance(value := row[place], Decimal)]
    largest = max(map(abs, amounts), default=Decimal(0))
    return largest < LARGEST_WITH_PENNIES and any(amount != amount.to_integral_value() for amount in amounts)
