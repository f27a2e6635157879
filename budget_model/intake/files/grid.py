"""A workbook as a grid of typed cells: what every reader gives and all of the layout works on."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from budget_model.problem import Problem

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
"""What one cell holds. An empty cell is None; text is as typed, spaces included."""


class Visibility(StrEnum):
    """Whether a person who opens the workbook sees the sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


@dataclass(frozen=True, slots=True)
class Range:
    """A block of cells, rows and columns counted from 0, both ends included.

    >>> str(Range(0, 0, 2, 27))
    'A1:AB3'
    """

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_name(self.left)}{self.top + 1}:{column_name(self.right)}{self.bottom + 1}"


def column_index(letters: str) -> int:
    """Which column some letters name, counted from 0.

    >>> column_index("A"), column_index("ZZ")
    (0, 701)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_name(index: int) -> str:
    """The letters of a column counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(701), column_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@dataclass(slots=True)
class Facts:
    """What the second look found that a fast reader loses; cells are (row, column) counted from 0.

    `looked` is False where the format or the size allowed no second look: then an empty fact means
    "not known", not "none", and the reading says so.
    """

    looked: bool = False
    number_formats: dict[tuple[int, int], str] = field(default_factory=dict)
    bold_rows: frozenset[int] = frozenset()
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    """By how many steps the alignment of a cell sets its text in."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    """Cells with a value whose text is struck through."""
    blended_cells: frozenset[tuple[int, int]] = frozenset()
    """Cells with a value whose text has the colour of what it stands on."""
    error_cells: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that show #N/A, #DIV/0! and the like, which the fast reader gives as empty."""
    uncalculated: dict[tuple[int, int], str] = field(default_factory=dict)
    """Formulas that hold no stored result, which the fast reader gives as empty."""
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """What the file itself states about a column, as a Fiscal Data Package does; nothing is guessed here.

    >>> KnownColumn("amount", "IMPORTE", currency="EUR", factor=Decimal(1000)).currency
    'EUR'
    """

    role: str
    """'amount', 'date', 'year', 'organisation', 'classification', 'activity', 'location', 'entity', 'phase',
    'direction', 'currency' or 'other'."""
    field: str
    """The field's own name in the package."""
    kind: str = ""
    """The package's finer word for it: a column type such as 'functional:cofog:generic:level1:code'."""
    currency: str | None = None
    """ISO code of an amount column."""
    factor: Decimal = Decimal(1)
    """What an amount in the file is multiplied by to give whole currency units."""
    direction: str | None = None
    """'expenditure' or 'revenue' where every amount of the column is one of them."""
    phase: str | None = None
    """'proposed', 'approved', 'adjusted' or 'executed' where the package says so of the column."""
    year: str | None = None
    """The fiscal year of an amount column where the package states it."""
    label: bool = False
    """Whether the column holds names rather than codes, where the package says which."""


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows[i][j]` is spreadsheet row i+1, column j+1: positions are those of the file."""

    name: str
    rows: list[list[CellValue]]
    visibility: Visibility = Visibility.VISIBLE
    merged: tuple[Range, ...] = ()
    facts: Facts = field(default_factory=Facts)
    known_roles: dict[int, KnownColumn] = field(default_factory=dict)
    """Column index → what the file states about it; empty unless the format carries such statements."""
    known_header_row: int | None = None
    """The header row, counted from 0, where the format states it."""


@dataclass(slots=True)
class Workbook:
    """A file as it was read: its sheets, and what could not be read, in sentences."""

    file: str
    format: str
    """'xlsx', 'xlsm', 'xlsb', 'xls', 'ods', 'csv', 'tsv', 'fiscal data package'."""
    sha256: str
    size: int
    sheets: list[Sheet]
    notes: tuple[str, ...] = ()
    """What the reader saw and the officer should know: the encoding taken, format hints not available…"""
    problems: tuple[Problem, ...] = ()
    """Doubts found while reading the bytes, with their cells; whoever reads the layout passes them on."""
