"""The cells around the one that a line came from, as the officer's own sheet shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import CellValue, Sheet, column_name

ABOVE, BELOW, MOST_COLUMNS = 6, 4, 9
HEADER_ROWS = 14


@dataclass(frozen=True, slots=True)
class Around:
    """A window of a sheet: letters of its columns, numbers of its rows, and the text of each cell.

    `at` is where the line's own cell is in the window. `header` tells which of the rows stand at the top
    of the sheet and were brought near, since headings are often far above.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    numeric: tuple[tuple[bool, ...], ...]
    at: tuple[int, int]
    left_out: bool
    """Rows were left out between those at the top of the sheet and those around the cell."""


def around(data: bytes, file: str, sheet: str, row: int, column: str) -> Around | None:
    """The cells around one cell of a workbook; None where the workbook has no such sheet or cell.

    `row` counts from 1 and `column` is a letter, as a spreadsheet names them.
    """
    book = open_workbook(data, file)
    found = next((one for one in book.sheets if one.name == sheet), None)
    if found is None and len(book.sheets) == 1 and not sheet:
        found = book.sheets[0]
    return window(found, row, column) if found else None


def window(sheet: Sheet, row: int, column: str) -> Around | None:
    """The window of one sheet around a cell: the top of the sheet, and the rows and columns beside it."""
    wanted_row, wanted_column = row - 1, column_index(column)
    if not (0 <= wanted_row < len(sheet.rows)) or wanted_column < 0:
        return None
    first, last = max(0, wanted_row - ABOVE), min(len(sheet.rows), wanted_row + BELOW + 1)
    near = list(range(first, last))
    top = _top(sheet, first)
    rows = [*top, *near]
    columns = _columns(sheet, rows, wanted_column)
    values = [[_value(sheet, at, place) for place in columns] for at in rows]
    return Around(
        sheet.name,
        tuple(column_name(place) for place in columns),
        tuple(at + 1 for at in rows),
        tuple(tuple(map(_text, line)) for line in values),
        tuple(tuple(map(_is_number, line)) for line in values),
        (rows.index(wanted_row), columns.index(wanted_column)),
        bool(top) and top[-1] + 1 < first,
    )


def column_index(letters: str) -> int:
    """The number of a column from its letters, from 0; −1 where they are no column.

    >>> column_index("A"), column_index("AB"), column_index("")
    (0, 27, -1)
    """
    number = 0
    for letter in letters.strip().upper():
        if not "A" <= letter <= "Z":
            return -1
        number = number * 26 + ord(letter) - 64
    return number - 1


def _top(sheet: Sheet, before: int) -> list[int]:
    """The rows at the top that say what the columns are: up to the first row with three or more texts."""
    for at, cells in enumerate(sheet.rows[: min(before, HEADER_ROWS)]):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(texts) >= 3:
            return [one for one in range(max(0, at - 1), at + 1) if one < before]
    return [at for at in range(min(2, before)) if any(cell is not None for cell in sheet.rows[at])]


def _columns(sheet: Sheet, rows: list[int], wanted: int) -> list[int]:
    """The first columns with something in them, which name the row, and those beside the cell."""
    used = sorted(
        {wanted}
        | {
            place
            for at in rows
            for place, cell in enumerate(sheet.rows[at])
            if cell is not None and str(cell).strip()
        }
    )
    if len(used) <= MOST_COLUMNS:
        return used
    names = used[:3]
    rest = [place for place in used if place not in names]
    if wanted in names:
        return used[:MOST_COLUMNS]
    middle = rest.index(wanted)
    room = MOST_COLUMNS - len(names)
    start = max(0, min(middle - room // 2, len(rest) - room))
    return [*names, *rest[start : start + room]]


def _value(sheet: Sheet, at: int, place: int) -> CellValue:
    cells = sheet.rows[at]
    return cells[place] if place < len(cells) else None


def _is_number(value: CellValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        whole = float(value).is_integer()
        return f"{value:,.0f}" if whole else f"{value:,.4f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()[:160]
