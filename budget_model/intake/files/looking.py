"""What a second look at one sheet gathers, whatever the file's format."""

from dataclasses import dataclass, field
from typing import Final

from budget_model.intake.files.grid import Facts, Range, column_name

ROWS_LOOKED_AT: Final = 5_000
CELLS_LOOKED_AT: Final = 60_000
"""How much of a sheet is read cell by cell; the rest is searched for marks only."""
CELLS_OF_A_LARGE_SHEET: Final = 15_000
"""How much of it where the whole part is large: a list of payments, whose first thousand rows tell its looks."""
LARGE_PART: Final = 24 << 20
"""From so many bytes of XML on a sheet is large."""

ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""How Excel's binary formats number the errors."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What a cell's style number means."""

    number_formats: tuple[str, ...] = ()
    bold: tuple[bool, ...] = ()
    struck: tuple[bool, ...] = ()
    indents: tuple[int, ...] = ()
    blended: tuple[bool, ...] = ()
    """Whether text has the colour of what it stands on."""


@dataclass(slots=True)
class Look:
    """What was seen of one sheet before the fast reader read it."""

    facts: Facts = field(default_factory=Facts)
    rows: int = 0
    """Down to the last cell with a value."""
    columns: int = 0
    last: str = ""
    """That cell which lies furthest out, such as 'XFD1048576'."""
    numbers: int = 0
    """Cells that hold a number (dates are numbers too)."""
    filled: int = 0
    """Cells that hold anything but an error; an empty text counts too."""
    merged: tuple[Range, ...] = ()


class Gathering:
    """Takes a sheet's cells one after the other, and gives the look."""

    def __init__(self, styles: Styles) -> None:
        self.seen = Look(Facts(looked=True))
        self.number_formats = tuple("" if told == "General" else told for told in styles.number_formats)
        self.bold = styles.bold
        self.struck = frozenset(number for number, told in enumerate(styles.struck) if told)
        self._indented = {number: indent for number, indent in enumerate(styles.indents) if indent}
        self.blended = frozenset(number for number, told in enumerate(styles.blended) if told)
        self._blended_cells: set[tuple[int, int]] = set()
        self._struck_cells: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self._bold_rows: set[int] = set()
        self._row = -1
        self._filled_in_row = 0
        self._bold_in_row = 0
        self._formats_kept = 0

    def number(self, row: int, column: int, style: int = 0) -> None:
        """Take a cell that holds a number or a date."""
        self.seen.numbers += 1
        if style < len(self.number_formats) and self._formats_kept < CELLS_LOOKED_AT:
            number_format = self.number_formats[style]
            if number_format:
                self._formats_kept += 1
                self.seen.facts.number_formats[row, column] = number_format
        self.other(row, column, style)

    def error(self, row: int, column: int, shown: str, style: int = 0) -> None:
        """Take a cell that shows an error."""
        self.seen.facts.error_cells[row, column] = shown
        self.seen.filled -= 1
        self.other(row, column, style)

    def other(self, row: int, column: int, style: int = 0) -> None:
        """Take a cell that holds anything else but nothing."""
        if row >= self.seen.rows or column >= self.seen.columns:
            self.reach(row, column)
        if row != self._row:
            self._row_done()
            self._row = row
        self._filled_in_row += 1
        self.seen.filled += 1
        if style < len(self.bold) and self.bold[style]:
            self._bold_in_row += 1
        if style in self._indented and len(self.seen.facts.indents) < CELLS_LOOKED_AT:
            self.seen.facts.indents[row, column] = self._indented[style]
        if style in self.struck and len(self._struck_cells) < CELLS_LOOKED_AT:
            self._struck_cells.add((row, column))
        if style in self.blended:
            self.blend(row, column)

    def strike(self, row: int, column: int) -> None:
        """Note that the text of a cell is struck through, where its style is not a number."""
        if len(self._struck_cells) < CELLS_LOOKED_AT:
            self._struck_cells.add((row, column))

    def blend(self, row: int, column: int) -> None:
        """Note that the text of a cell has the colour of what it stands on."""
        if len(self._blended_cells) < CELLS_LOOKED_AT:
            self._blended_cells.add((row, column))

    def reach(self, row: int, column: int) -> None:
        """Note that the cells reach as far as this one."""
        if row >= self.seen.rows or column >= self.seen.columns:
            self.seen.rows = max(self.seen.rows, row + 1)
            self.seen.columns = max(self.seen.columns, column + 1)
            self.seen.last = f"{column_name(self.seen.columns - 1)}{self.seen.rows}"

    def _row_done(self) -> None:
        if self._filled_in_row and self._bold_in_row * 2 >= self._filled_in_row:
            self._bold_rows.add(self._row)
        self._filled_in_row = self._bold_in_row = 0

    def done(self) -> Look:
        """The look, when every cell has been taken."""
        self._row_done()
        self.seen.facts.bold_rows = frozenset(self._bold_rows)
        self.seen.facts.hidden_rows = frozenset(self.hidden_rows)
        self.seen.facts.struck_cells = frozenset(self._struck_cells)
        self.seen.facts.blended_cells = frozenset(self._blended_cells)
        return self.seen
