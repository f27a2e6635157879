"""A folder of CSV and TOML files: which there are, and each of their rows as the value that it describes."""

import csv
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.place.columns import AsColour, AsId, AsYear, CodeOf, Column, InWords, Whole, columns_of
from budget_model.place.reading import Everything, Faults, Row, nearest, toml_rows
from budget_model.problem import Location, Severity

Rows = list[tuple[Row, Any]]
"""Values, each beside the row of the file that it came from."""


def rows_of(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    r"""The columns of a CSV file, in lower case, and the cells of each row that is not blank beside its number.

    Raises `csv.Error` where the text is no table of cells.

    >>> rows_of("Id;Name\n\na;Ann\n")
    (['id', 'name'], [(3, ['a', 'Ann'])])
    """
    header = (text.lstrip().splitlines() or [""])[0]
    separator = max(",;\t", key=header.count)
    table = list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)) or [[]]
    named = [cell.strip().lower() for cell in table[0]]
    return named, [(at, cells) for at, cells in enumerate(table[1:], start=2) if any(map(str.strip, cells))]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """One CSV file of a place's folder or of the lists that all places share.

    Each row is one `value`, whose fields are the columns. No two rows share the `unique` columns, the first
    of which is what other files name a row by. `check` adds the faults that only a whole row can show.
    """

    part: str
    """The field of the place that its values go to."""
    file: str
    value: type
    unique: tuple[str, ...] = ("id",)
    may_be_empty: bool = False
    may_be_absent: bool = False
    may_start: bool = False
    """Whether a place that gives none of its own starts with the list that ships for all places."""
    kept_in: str = ""
    """The table of the store; empty where the store holds its content in another way."""
    check: Callable[[Row, Any], None] | None = None


@dataclass(slots=True)
class Known:
    """The codes that the files read so far give, their faulty rows included.

    A row that is faulty for another reason is still there to be spoken of, and what names it is right. Where
    a file could not be read, any code may have been in it; so too for another column of a faulty file.
    """

    faults: Faults
    _rows: dict[str, tuple[str, list[Row]]] = field(default_factory=dict)
    _codes: dict[CodeOf, Collection[str]] = field(default_factory=dict)

    def add(self, table: CsvTable, rows: list[Row]) -> None:
        """Note the rows of a file that was read; its first column names them."""
        self._rows[table.file] = (columns_of(table.value)[0].name, rows)

    def codes(self, kind: CodeOf) -> Collection[str]:
        """What a cell that names such codes may hold."""
        if kind not in self._codes:
            self._codes[kind] = self._codes_of(kind)
        return self._codes[kind]

    def _codes_of(self, kind: CodeOf) -> Collection[str]:
        if kind.file not in self._rows or (kind.column and self.faults.spoil(kind.file)):
            return Everything()
        first, rows = self._rows[kind.file]
        return {row.optional(kind.column or first) for row in rows}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of CSV and TOML files, the codes known so far, and the faults that its reading adds to."""

    path: Path
    known: Known
    start: Path | None = None
    """Where the lists are that a place starts with until it gives its own."""
    _rows_of: dict[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def faults(self) -> Faults:
        """The list that every fault of the loading goes to."""
        return self.known.faults

    def each(self, table: CsvTable) -> Rows:
        """Every sound row of a CSV file as its value, beside the row that it came from."""
        if not (self.path / table.file).exists():
            if self.start and self._starts_with(table):
                return Folder(self.start, self.known).each(table)
            if table.may_be_absent:
                self.known.add(table, [])
                return []
        rows = self._rows(table)
        if rows is None:
            return []
        self.known.add(table, rows)
        built = self._built(table, [row for row in rows if row.sound])
        if table.unique:
            self._refuse_doubles(rows, table.unique)
        return [(row, value) for row, value in built if row.sound]

    def _starts_with(self, table: CsvTable) -> bool:
        """Whether a place that does not give this list itself starts with one."""
        return bool(table.may_start and self.start and (self.start / table.file).exists())

    def _built(self, table: CsvTable, rows: Iterable[Row]) -> Rows:
        """Each row with its value; what is wrong with it is noted on the row."""
        columns = columns_of(table.value)
        built = [(row, table.value(*(cell(row, column, self.known) for column in columns))) for row in rows]
        if table.check:
            for row, value in built:
                table.check(row, value)
        return built

    def settings(self, file: str) -> dict[str, Any]:
        """A TOML file, or nothing where it cannot be read."""
        text = self._text(file)
        if text is None:
            return {}
        self._rows_of[file] = toml_rows(text)
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as reason:
            self.faults.add(
                Location(file), f"The file is not TOML: {reason}.", "Correct that line.", "bad-toml"
            )
            return {}

    def rows_of(self, file: str) -> Mapping[str, int]:
        """The row of each name in a TOML file that was read."""
        return self._rows_of.get(file, {})

    def _text(self, file: str) -> str | None:
        try:
            raw = (self.path / file).read_bytes()
        except OSError:
            self.faults.add(
                Location(file),
                f"There is no file {file} in {self.path.name}.",
                "Copy it from the folder of another place and fill it in.",
                "missing-file",
            )
            return None
        if not raw.strip():
            self.faults.add(
                Location(file), "The file is empty.", "Give it a header row and its rows.", "empty-file"
            )
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.faults.add(
                Location(file),
                "The file is not in UTF-8 and was read as Windows text.",
                "Save it as 'CSV UTF-8' if accents or dashes look wrong.",
                "not-utf8",
                Severity.WARNING,
            )
            return raw.decode("cp1252", errors="replace")

    def _rows(self, table: CsvTable) -> list[Row] | None:
        """The rows of a file that are not blank; None where it cannot be used at all."""
        file = table.file
        text = self._text(file)
        if text is None:
            return None
        try:
            named, filled = rows_of(text)
        except csv.Error as reason:
            self.faults.add(
                Location(file),
                f"The file is not a table of cells: {reason}.",
                "Open it in a spreadsheet and save it as CSV UTF-8.",
                "bad-csv",
            )
            return None
        if self._lacks(file, [column.name for column in columns_of(table.value) if column.needed], named):
            return None
        rows = [self._row(file, index, named, cells) for index, cells in filled]
        if not rows and not table.may_be_empty:
            self.faults.add(
                Location(file),
                "The file has a header and no rows.",
                "Give it at least one row.",
                "empty-file",
            )
            return None
        return rows

    def _row(self, file: str, index: int, named: list[str], cells: list[str]) -> Row:
        """One row; where it has more cells than the header, nothing in it is known to be in its place."""
        row = Row(file, index, dict(zip(named, cells, strict=False)), named, self.faults)
        if any(map(str.strip, cells[len(named) :])):
            row.fault(
                "",
                f"The row has {len(cells):,} cells, and the header {len(named):,}.",
                "Put a text that has a comma in it within quotes, or remove what is too much.",
                "too-many-cells",
            )
        return row

    def _lacks(self, file: str, columns: list[str], named: list[str]) -> bool:
        """Whether a file lacks a column that it needs; each is named, with the one that may be meant."""
        missing = [column for column in columns if column not in named]
        for column in missing:
            near = nearest(column, [name for name in named if name not in columns])
            remedy = (
                f"Rename '{near}' to it, if that is the one." if near else "Add the column to the header row."
            )
            self.faults.add(
                Location(file, row=1), f"There is no column '{column}'.", remedy, "missing-column"
            )
        return bool(missing)

    def _refuse_doubles(self, rows: list[Row], unique: Sequence[str]) -> None:
        first: dict[tuple[str, ...], Row] = {}
        for row in rows:
            key = tuple(row.optional(column) for column in unique)
            if key in first:
                named = " with ".join(f"'{part}'" for part in key if part)
                row.fault(
                    unique[0],
                    f"{named or 'An empty cell'} is already in row {first[key].index}.",
                    "Remove one of the two rows, or give it another id.",
                    "duplicate-id",
                )
            first.setdefault(key, row)


def cell(row: Row, column: Column, known: Known) -> Any:
    """The value of one cell, of the type that the column's field has; a fault is noted on the row."""
    if column.default is not MISSING and not row.optional(column.name):
        return column.default
    match column.kind:
        case InWords(longest, may_be_empty):
            return row.optional(column.name, longest) if may_be_empty else row.text(column.name, longest)
        case AsId():
            return row.id(column.name)
        case AsYear():
            return row.year(column.name)
        case AsColour():
            return row.colour(column.name)
        case CodeOf():
            return _code(row, column, column.kind, known.codes(column.kind))
        case Whole(low, high):
            whole = row.whole_if_given if column.may_be_none else row.whole
            return whole(column.name, low, high)
    return _cell_of_type(row, column)


def _code(row: Row, column: Column, kind: CodeOf, known: Collection[str]) -> Any:
    if column.several:
        return row.codes(column.name, known, kind.listed_in)
    read = row.code_if_given if kind.may_be_empty else row.code
    return read(column.name, known, kind.listed_in)


def _cell_of_type(row: Row, column: Column) -> Any:
    if column.several:
        return row.texts(column.name) if column.type is str else row.words(column.name, column.type)
    if column.type is date:
        return row.day_if_given(column.name)
    if column.type is bool:
        return row.yes(column.name)
    if column.type is Decimal:
        return row.number_if_given(column.name) if column.may_be_none else row.number(column.name)
    return (row.word_if_given if column.may_be_none else row.word)(column.name, column.type)
