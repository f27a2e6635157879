"""A workbook as it was understood: its tables with their columns, rows and money, in a form small enough to pass on."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from budget_model.intake.files.grid import Range, column_name
from budget_model.intake.files.packed import Packed
from budget_model.intake.sheet.unit import Unit
from budget_model.problem import Problem
from budget_model.vocabulary import Side

UNKNOWN_SIDE, EXPENDITURE_SIDE, INCOME_SIDE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file does not say: the best guess, its reason, and what else it might be."""

    key: str
    ask: str
    best: str
    reason: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A printed total beside what its detail comes to, in whole currency units."""

    what: str
    printed: Decimal
    computed: Decimal

    @property
    def difference(self) -> Decimal:
        """Printed less computed; zero where they agree."""
        return self.printed - self.computed


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words, each distinct text kept once."""

    letter: str
    name: str
    role: str
    codes: Packed
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The amounts of one column on every line, exactly."""

    whole: Packed
    filled: Packed
    places: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of figures, or the part of it that belongs to one year."""

    column: int
    name: str
    role: str
    reason: str
    unit: Unit
    year: str | None = None
    choice: str = ""
    """Measures of one choice add up together; those of different choices are alternatives."""
    adds_up_to: int | None = None
    """The column that prints what the measures of its choice add up to."""
    split: int | None = None
    """The part of the table's lines that it takes, where the rows are parted by year."""
    lines: int = 0
    total: Decimal | None = None
    expenditure: Decimal | None = None
    income: Decimal | None = None

    @property
    def letter(self) -> str:
        """Its column as a spreadsheet names it."""
        return column_name(self.column)


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column's role and why, for the picture."""

    letter: str
    name: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleHeard:
    """What one rule said of a row, a column or the table, and whether it holds."""

    place: str
    """'row 7' as a spreadsheet counts it, 'column C', or 'the table'."""
    rule: str
    role: str
    reason: str
    proof: str
    holds: bool


@dataclass(slots=True)
class SheetTable:
    """One table of a workbook."""

    sheet: str
    sheet_number: int
    visible: bool
    extent: Range
    header_rows: tuple[int, ...]
    """As a spreadsheet counts them, from 1."""
    titles: tuple[str, ...]
    unit: Unit | None
    unit_from: str
    """Who says so, to be shown."""
    unit_guessed: bool
    """Whether nothing in the file says it."""
    columns: tuple[ColumnSeen, ...]
    measures: tuple[Measure, ...]
    fingerprint: str
    first_row: int
    """The first row of the body, counted from 0."""
    roles: Packed
    """The role of every row of the body."""
    reasons: dict[int, str]
    line_rows: Packed
    """The rows that are lines, as distances from the first row of the body."""
    figures: dict[int, Figures]
    words: tuple[Words, ...]
    headings: Packed
    """For each line, which of `heading_paths` stands above it."""
    heading_paths: tuple[tuple[str, ...], ...]
    sides: Packed
    turned: Packed
    """For each line whether, being income, its sign is the other way round from the table's other income."""
    income_is_negative: bool = False
    expenditure_is_negative: bool = False
    side_of_column: dict[int, int] = field(default_factory=dict)
    negative_columns: tuple[int, ...] = ()
    splits: Packed | None = None
    """For each line the part of the rows it belongs to, from 1; zero for none."""
    split_names: tuple[str, ...] = ()
    year: str | None = None
    body_column: str | None = None
    description_column: str | None = None
    code_column: str | None = None
    moved: dict[str, int] = field(default_factory=dict)
    """'row:column' as read → the column in the file, for cells that were put straight."""
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    sample: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Cells of some rows of the sheet, for the picture."""
    choice: str = ""
    """The alternative among the measures that would be loaded."""
    set_aside: str | None = None
    """Why the table is not loaded, where it is not."""
    heard: tuple[RuleHeard, ...] = ()
    """What the rules said of its columns and of the rows that may be shown."""
    header_key: str = ""
    """Under what an answer about its header is kept."""
    row_keys: dict[int, str] = field(default_factory=dict)
    """For the rows that may be shown, counted from 0, under what a correction of their role is kept."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One amount of one line, once. Amounts are whole currency units; income is positive on its own side."""

    sheet: str
    row: int
    """As a spreadsheet counts it, from 1."""
    column: str
    """As a spreadsheet names it."""
    description: str
    code: str | None
    headings: tuple[str, ...]
    """The headings above it, outermost first."""
    amount: Decimal
    side: Side
    measure: str
    """The name of the column it stands in."""
    body: str | None = None
    """In tables with a row per organisation: the one named on the row."""
    year: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """The row's other words: (header, text)."""


class CellsAs(StrEnum):
    """Where a figure of a sheet went."""

    LINE = "line"
    TOTAL = "total"
    OTHER_COLUMN = "total across or memo"
    HEADER = "header or title"
    NO_AMOUNTS = "count, rate, code or date"
    LEFT_OUT = "left out with a reason"
    STRAY = "outside of every table"


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many figures of one sheet went to one place, and what they come to as they are read."""

    sheet: str
    what: CellsAs
    cells: int
    total: float
    """In the units of the sheet; of columns in different units it is a check alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as it was understood; nothing in it points back to the file's bytes."""

    file: str
    sha256: str
    format: str
    size: int
    refused: str | None
    tables: tuple[SheetTable, ...]
    chosen: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    """The keys of the answers that were used on this file."""
    cells: tuple[CellCount, ...] = ()
    """Where every figure of every sheet went: each is counted once."""
