"""What kind of thing stands in each cell of a sheet, and its number if it is one.

Each column is typed once, into arrays, so that a sheet of a million rows is looked at as fast as one of
ten. A number typed as text is a number here; a code with a leading nought stays text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.amounts import Missing, Style, is_code, is_percentage, read_amount, style_of
from budget_model.intake.grid import CellValue, Sheet

Kinds = NDArray[np.uint8]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Kind(IntEnum):
    """What a cell holds."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    MISSING = 4
    """A mark in place of a figure: n/a, …, [x], an error."""
    PERCENT = 5


_OF_TYPE = {
    type(None): Kind.EMPTY,
    str: Kind.TEXT,
    int: Kind.NUMBER,
    float: Kind.NUMBER,
    bool: Kind.TEXT,
    date: Kind.DATE,
    datetime: Kind.DATE,
    time: Kind.DATE,
    timedelta: Kind.DATE,
}
_DATE = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|(?:19|20)\d{2}[/\-]\d{1,2}[/\-]\d{1,2}(?:[T ].*)?"
    r"|\d{1,2}[-\s](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s,]*(?:\d{2}|\d{4})"
    r"|\d{1,2}:\d{2}:\d{2}",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?")
"""Figures that mean the same in every style, read without more ado."""
_MIGHT_BE_NUMBER = frozenset("0123456789(£€$+-–−.,#*n[…xt:kuN[XTUKGEMgem")


@dataclass(slots=True)
class Cells:
    """One sheet, typed: `kinds[i, j]` and `numbers[i, j]` belong to `sheet.rows[i][j]`."""

    sheet: Sheet
    kinds: Kinds
    numbers: Numbers
    style: Style = Style.ENGLISH
    style_sure: bool = True
    _coded: dict[int, "Coded"] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many rows the sheet has."""
        return int(self.kinds.shape[0])

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return int(self.kinds.shape[1])

    def value(self, row: int, column: int) -> CellValue:
        """What the file holds in one cell."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """One cell as a person reads it, on one line; an empty cell is ''."""
        return shown(self.value(row, column))

    def coded(self, column: int) -> "Coded":
        """A whole column as its distinct texts and, for each row, which of them stands there."""
        if column not in self._coded:
            values = [row[column] if column < len(row) else None for row in self.sheet.rows]
            different = dict.fromkeys(values)
            texts: dict[str, int] = {"": 0}
            place = {value: texts.setdefault(shown(value), len(texts)) for value in different}
            codes = np.fromiter(map(place.__getitem__, values), np.int32, len(values))
            self._coded[column] = Coded(codes, tuple(texts))
        return self._coded[column]

    def forget(self) -> None:
        """Drop what was remembered of the texts, after a row was put straight."""
        self._coded.clear()

    def is_number(self) -> Mask:
        """Where a figure stands, percentages too."""
        return np.asarray((self.kinds == Kind.NUMBER) | (self.kinds == Kind.PERCENT))


@dataclass(frozen=True, slots=True)
class Coded:
    """A column's texts, each once; `texts[codes[i]]` is what stands on row i, and code 0 is ''."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]

    def over(self, rows: NDArray[np.integer] | range) -> list[str]:
        """The texts on some rows."""
        return [self.texts[code] for code in self.codes[np.asarray(rows)].tolist()]


def shown(value: CellValue) -> str:
    """A cell as a person reads it, spaces and line breaks gathered into one space.

    >>> shown(2016.0), shown("Housing\\n  benefit "), shown(None)
    ('2016', 'Housing benefit', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    return str(value)


def typed(sheet: Sheet) -> Cells:
    """Type every cell of a sheet."""
    rows = sheet.rows
    width = max(map(len, rows), default=0)
    even = all(len(row) == width for row in rows)
    columns = (
        [row[j] for row in rows] if even else [row[j] if j < len(row) else None for row in rows]
        for j in range(width)
    )
    kinds = np.zeros((len(rows), width), np.uint8)
    numbers = np.full((len(rows), width), np.nan)
    texts: list[tuple[int, NDArray[np.intp], list[str]]] = []
    for j, column in enumerate(columns):
        codes = _codes(column)
        at = np.flatnonzero(codes == Kind.NUMBER)
        numbers[at, j] = [column[i] for i in at] if len(at) < len(column) else column
        kinds[:, j] = codes
        written = np.flatnonzero(codes == Kind.TEXT)
        if len(written):
            texts.append((j, written, [str(column[i]) for i in written]))
    # A figure too large or not finite is no amount, whatever its type says.
    odd = (kinds == Kind.NUMBER) & ~np.isfinite(numbers)
    kinds[odd] = Kind.MISSING
    cells = Cells(sheet, kinds, numbers)
    cells.style, cells.style_sure = _type_texts(cells, texts)
    _apply_facts(cells)
    return cells


def _codes(column: Sequence[CellValue]) -> Kinds:
    types = set(map(type, column))
    if len(types) == 1:
        return np.full(len(column), _OF_TYPE.get(types.pop(), Kind.TEXT), np.uint8)
    of_type = {one: _OF_TYPE.get(one, Kind.TEXT) for one in types}
    return np.fromiter(map(of_type.__getitem__, map(type, column)), np.uint8, len(column))


def _type_texts(cells: Cells, texts: list[tuple[int, NDArray[np.intp], list[str]]]) -> tuple[Style, bool]:
    """Find numbers, dates and marks among texts; each distinct text is read once."""
    read: dict[str, tuple[int, float]] = {}
    likely: dict[str, None] = {}
    for _, _, written in texts:
        for text in set(written):
            if text not in read:
                if text[:1].strip() and text[0] not in _MIGHT_BE_NUMBER:
                    read[text] = (Kind.TEXT, np.nan)
                else:
                    likely[text] = None
    style, sure = style_of(likely)
    for text in likely:
        read[text] = _kind_of(text, style)
    for j, at, written in texts:
        found = [read[text] for text in written]
        cells.kinds[at, j] = [kind for kind, _ in found]
        cells.numbers[at, j] = [number for _, number in found]
    return style, sure


def _kind_of(text: str, style: Style) -> tuple[int, float]:
    if _PLAIN.fullmatch(text):
        return Kind.NUMBER, float(text)
    stripped = text.strip()
    if not stripped:
        return Kind.EMPTY, np.nan
    if is_code(stripped):
        return Kind.TEXT, np.nan
    amount = read_amount(stripped, style) if len(stripped) <= 40 else None
    if amount is Missing.NOT_GIVEN:
        return Kind.MISSING, np.nan
    if amount is not None:
        return (Kind.PERCENT if is_percentage(stripped) else Kind.NUMBER), float(amount)
    return (Kind.DATE if _DATE.fullmatch(stripped) else Kind.TEXT), np.nan


def _apply_facts(cells: Cells) -> None:
    """Let what the second look found speak: errors, formulas without a result, percentages."""
    facts = cells.sheet.facts
    for row, column in [*facts.error_cells, *facts.uncalculated]:
        if row < cells.height and column < cells.width and cells.kinds[row, column] in (Kind.EMPTY, Kind.TEXT):
            cells.kinds[row, column] = Kind.MISSING
    for (row, column), number_format in facts.number_formats.items():
        if (
            "%" in number_format
            and row < cells.height
            and column < cells.width
            and cells.kinds[row, column] == Kind.NUMBER
        ):
            cells.kinds[row, column] = Kind.PERCENT
