"""Trouble in somebody's data: where it is, what is wrong, and what to do about it.

Trouble in an officer's data is returned as a `Problem`; trouble in the program is raised.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the data can be used all the same."""

    REFUSED = "refused"
    """Nothing is loaded until it is put right."""
    WARNING = "warning"
    """It is loaded, and the doubt is shown beside the money."""
    NOTE = "note"
    """Worth knowing; nothing is in doubt."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where in somebody's file: the file, and as much of sheet, row and column as is known.

    Rows and columns are named as a spreadsheet names them: rows count from 1, columns are letters.

    >>> str(Location("council.xlsx", sheet="Adults", row=3, column="D"))
    "council.xlsx, sheet 'Adults', cell D3"
    >>> str(Location("services.csv", row=12))
    'services.csv, row 12'
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"sheet '{self.sheet}'")
        if self.row is not None and self.column:
            parts.append(f"cell {self.column}{self.row}")
        elif self.row is not None:
            parts.append(f"row {self.row}")
        elif self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, its location, and the sentence an officer can act on.

    >>> str(Problem(Location("fire.xlsx", row=3), "'tbc' is not an amount in pounds.", "Type a number."))
    "fire.xlsx, row 3: 'tbc' is not an amount in pounds. Type a number."
    """

    location: Location
    sentence: str
    remedy: str = ""
    severity: Severity = Severity.WARNING
    code: str = ""
    """A short fixed name of the fault, such as 'unknown-service', for tests and counting."""

    def __str__(self) -> str:
        said = f"{self.sentence} {self.remedy}".strip()
        where = str(self.location)
        return f"{where}: {said}" if where else said


class Refusal(Exception):
    """A request that cannot be carried out, in a sentence that the person who asked can act on.

    Raised for whole requests (a file that is no workbook, a store that is locked); a fault in one
    cell or row is returned as a `Problem` instead.
    """

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.problems = problems
