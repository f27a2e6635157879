"""One file of a place's folder, row by row, with a sentence for every cell that cannot be read.

Nothing is raised here: a fault goes to the list that the whole loading shares, and the row is left out.
The loading then refuses the folder as a whole, so that an officer sees all the faults at once.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from budget_model.financial_year import is_financial_year
from budget_model.money import typed_number
from budget_model.place.columns import LONGEST_ID, LONGEST_TEXT
from budget_model.problem import Location, Problem, Severity
from budget_model.spreadsheet_text import FORMULA_STARTS

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
LOOK_LIKE_FORMULAS: Final = tuple(start for start in FORMULA_STARTS if start not in "-\t\r")
"""A cell may begin with a minus sign; tabs and line ends were taken off its ends."""


@dataclass(slots=True)
class Faults:
    """All that is wrong with a folder, in the order it was found."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        where: Location,
        sentence: str,
        remedy: str,
        code: str,
        severity: Severity = Severity.REFUSED,
    ) -> None:
        """Note one fault."""
        self.found.append(Problem(where, sentence, remedy, severity, code))

    @property
    def severe(self) -> tuple[Problem, ...]:
        """Those that stop the folder being used."""
        return tuple(problem for problem in self.found if problem.severity is Severity.REFUSED)

    def spoil(self, *files: str) -> bool:
        """Whether one of these files has a fault, so that what it says of the others is not to be trusted."""
        return any(problem.location.file in files for problem in self.severe)


class Everything(Collection[str]):
    """The codes of a file that could not be read: any code may have been in it."""

    def __contains__(self, code: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def letter(index: int) -> str:
    """How a spreadsheet calls a column, counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def nearest(wrong: str, known: Collection[str]) -> str:
    """The known word closest to a wrong one, or nothing if none is close.

    >>> nearest("socialcare", ["social-care", "libraries"])
    'social-care'
    >>> nearest("zzz", ["social-care"])
    ''
    """
    from rapidfuzz import fuzz, process

    best = process.extractOne(wrong.lower(), list(known), scorer=fuzz.ratio, score_cutoff=60)
    return str(best[0]) if best else ""


def did_you_mean(wrong: str, known: Collection[str], file: str) -> str:
    """What to do about an unknown code: the nearest known one, or where the known ones are."""
    near = nearest(wrong, known)
    return f"Did you mean '{near}'?" if near else f"Add it to {file}, or use one that is there."


def toml_rows(text: str) -> dict[str, int]:
    r"""The row of each table and each key of a TOML text; the tables of a list are counted from 0.

    >>> toml_rows("a = 1\n[b]\nc = 2\n[[d]]\ne = 3\n[[d]]\ne = 4")["d.1.e"]
    7
    """
    rows: dict[str, int] = {}
    how_many: dict[str, int] = {}
    table = ""
    for row, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("[["):
            name = words[2:].partition("]")[0].strip()
            table = f"{name}.{how_many.get(name, 0)}"
            how_many[name] = how_many.get(name, 0) + 1
            rows[table] = row
        elif words.startswith("["):
            table = words[1:].partition("]")[0].strip()
            rows[table] = row
        elif "=" in words and not words.startswith("#"):
            key = words.partition("=")[0].strip()
            rows.setdefault(f"{table}.{key}" if table else key, row)
    return rows


class Row:
    """One row of a file: reads its cells by column name, and remembers whether any could not be read."""

    def __init__(
        self, file: str, index: int, cells: Mapping[str, str], columns: list[str], faults: Faults
    ) -> None:
        self.file = file
        self.index = index
        self.sound = True
        self._noted: set[str] = set()
        self._cells = cells
        self._columns = columns
        self._faults = faults

    def where(self, column: str = "") -> Location:
        """The row, or one cell of it, as a spreadsheet names it."""
        named = letter(self._columns.index(column)) if column in self._columns else None
        return Location(self.file, row=self.index, column=named)

    def fault(self, column: str, sentence: str, remedy: str, code: str) -> None:
        """Note what is wrong with a cell; the row is then left out."""
        self.sound = False
        self._faults.add(self.where(column), sentence, remedy, code)

    def optional(self, column: str, longest: int = LONGEST_TEXT) -> str:
        """The text of a cell that may be empty."""
        text = self._cells.get(column, "").strip()
        if column in self._noted:
            return text
        if len(text) > longest:
            self._noted.add(column)
            self.fault(
                column,
                f"The text under '{column}' has {len(text):,} characters.",
                f"Shorten it to {longest:,}.",
                "text-too-long",
            )
            return ""
        if text.startswith(LOOK_LIKE_FORMULAS) and len(text) > 1:
            self._noted.add(column)
            self._faults.add(
                self.where(column),
                f"'{text[:40]}' starts like a formula and is kept as text.",
                "If a formula was meant, put its result in the cell.",
                "formula-as-text",
                Severity.NOTE,
            )
        return text

    def text(self, column: str, longest: int = LONGEST_TEXT) -> str:
        """The text of a cell that must not be empty."""
        before = self.sound
        text = self.optional(column, longest)
        if not text and self.sound == before:
            self.fault(column, f"There is nothing under '{column}'.", "Fill the cell.", "empty-cell")
        return text

    def id(self, column: str = "id") -> str:
        """A short fixed name: lower case, digits and hyphens."""
        text = self.text(column, LONGEST_ID)
        if text and not ID.fullmatch(text):
            self.fault(
                column,
                f"'{text}' cannot be an id.",
                "Use lower-case letters, digits and single hyphens, such as 'derby-city-council'.",
                "bad-id",
            )
        return text

    def number(self, column: str) -> Decimal:
        """A number that must be there."""
        text = self.text(column, 40)
        if not text:
            return Decimal(0)
        try:
            return typed_number(text)
        except ValueError:
            self.fault(column, f"'{text}' under '{column}' is not a number.", "Type a number.", "bad-number")
            return Decimal(0)

    def number_if_given(self, column: str) -> Decimal | None:
        """A number, or None where the cell is empty."""
        return self.number(column) if self.optional(column, 40) else None

    def whole(self, column: str, low: int, high: int) -> int:
        """A whole number between two limits."""
        value = self.number(column)
        if self.sound and (value != value.to_integral_value() or not low <= value <= high):
            self.fault(
                column,
                f"{value} under '{column}' is not a whole number from {low} to {high:,}.",
                "Correct the number.",
                "number-out-of-range",
            )
            return low
        return int(value)

    def whole_if_given(self, column: str, low: int, high: int) -> int | None:
        """A whole number between two limits, or None where the cell is empty."""
        return self.whole(column, low, high) if self.optional(column, 40) else None

    def year(self, column: str = "year") -> str:
        """A financial year, written '2016-17'."""
        text = self.text(column, 40)
        if text and not is_financial_year(text):
            self.fault(column, f"'{text}' is not a financial year.", "Write it as 2016-17.", "bad-year")
        return text

    def day_if_given(self, column: str) -> date | None:
        """A date written 2017-03-31 or 31/03/2017, or None where the cell is empty."""
        text = self.optional(column, 40)
        if not text:
            return None
        try:
            return day(text)
        except ValueError:
            self.fault(
                column, f"'{text}' under '{column}' is not a date.", "Write it as 2017-03-31.", "bad-date"
            )
            return None

    def word(self, column: str, words: type[Word]) -> Word:
        """One of the fixed words of the field."""
        text = self.optional(column, LONGEST_ID)
        known = {member.value: member for member in words}
        if text in known:
            return known[text]
        near = nearest(text, known)
        allowed = ", ".join(f"'{word}'" for word in known if word)
        self.fault(
            column,
            f"'{text}' under '{column}' is not a known word.",
            f"Did you mean '{near}'?" if near else f"Use one of {allowed}.",
            "unknown-word",
        )
        return next(iter(words))

    def word_if_given(self, column: str, words: type[Word]) -> Word | None:
        """One of the fixed words, or None where the cell is empty."""
        return self.word(column, words) if self.optional(column, LONGEST_ID) else None

    def words(self, column: str, words: type[Word]) -> tuple[Word, ...]:
        """Several fixed words, separated by semicolons."""
        known = {member.value: member for member in words}
        return tuple(known[text] for text in self.codes(column, known, "the list of words"))

    def yes(self, column: str) -> bool:
        """Yes or no."""
        text = self.text(column, 40).lower()
        if text and text not in ("yes", "no"):
            self.fault(column, f"'{text}' is neither yes nor no.", "Write yes or no.", "unknown-word")
        return text == "yes"

    def code(self, column: str, known: Collection[str], listed_in: str) -> str:
        """A code that another file lists."""
        text = self.text(column, LONGEST_ID)
        if text:
            self._check_code(column, text, known, listed_in)
        return text

    def code_if_given(self, column: str, known: Collection[str], listed_in: str) -> str:
        """A code that another file lists, or nothing."""
        return self.code(column, known, listed_in) if self.optional(column, LONGEST_ID) else ""

    def codes(self, column: str, known: Collection[str], listed_in: str) -> tuple[str, ...]:
        """Several codes that another file lists, separated by semicolons."""
        given = self.texts(column)
        return tuple(text for text in given if self._check_code(column, text, known, listed_in))

    def texts(self, column: str) -> tuple[str, ...]:
        """Several texts separated by semicolons, each once."""
        parts = (part.strip() for part in self.optional(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def colour(self, column: str = "colour") -> str:
        """A colour as a chart takes it: '#12436D'."""
        text = self.text(column, 40)
        if text and not COLOUR.fullmatch(text):
            self.fault(column, f"'{text}' is not a colour.", "Write it as #12436D.", "bad-colour")
        return text

    def _check_code(self, column: str, text: str, known: Collection[str], listed_in: str) -> bool:
        if text in known:
            return True
        self.fault(
            column,
            f"'{text}' under '{column}' is not in {listed_in}.",
            did_you_mean(text, known, listed_in),
            "unknown-code",
        )
        return False


def day(text: str) -> date:
    """Read a date in the two ways that British spreadsheets write one.

    >>> day("31/03/2017") == day("2017-03-31")
    True
    """
    british = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if british:
        return date(int(british[3]), int(british[2]), int(british[1]))
    return date.fromisoformat(text)
