"""Which cells of a row are the months of a year in turn, written as figures: 1 to 12, 202504, 04.2025, 04/25.

They name the columns below them, and are neither amounts nor years.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells, Mask
from budget_model.intake.files.grid import CellValue
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.periods import Part, period_of, to_date
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR

FEWEST_WITH_YEARS: Final = count("months_across", "fewest_with_years")
IN_A_YEAR: Final = count("months_across", "in_a_year")

_WRITTEN: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?[-_./]?\s?[mMpP]?(?P<month>0[1-9]|1[0-2])"
    r"|[mMpP]?0{0,2}(?P<first>[1-9]|1[0-2])\s?[-_./]\s?(?P<second>(?:19|20)?\d{2})"
)
_SHORT: Final = re.compile(r"(?P<year>[1-4]\d)(?P<month>0[1-9]|1[0-2])")
"""A year and a month without a century: 2504."""


_PERIOD: Final = re.compile(r"^per\.?\s?(?=\d)")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month, of a year if it is known, which else is 0."""

    year: int
    month: int

    @property
    def name(self) -> str:
        """How it is shown as the name of a column.

        >>> Month(2025, 4).name, Month(0, 4).name
        ('4/2025', 'month 4')
        """
        return f"{self.month}/{self.year}" if self.year else f"month {self.month}"

    @property
    def following(self) -> "Month":
        """The month after it."""
        if self.month < IN_A_YEAR:
            return Month(self.year, self.month + 1)
        return Month(self.year + 1 if self.year else 0, 1)


def months_across(cells: Cells, row: int) -> Mapping[int, str]:
    """For each column over which a row names one of several months in turn the name of that month; else nothing.

    Months without a year are read only where all of a year stand there, or beside what they come to so far, so that
    no columns that are numbered pass for months.
    """
    values = {j: cells.value(row, j) for j in range(cells.width) if cells.kinds[row, j] != CellKind.EMPTY}
    so_far = any(isinstance(value, str) and to_date.search(value.casefold()) for value in values.values())
    for written in (_with_a_year, _by_short_year, _by_number):
        found = {j: month for j, value in values.items() if (month := written(value))}
        surely = written is _with_a_year or (written is _by_number and so_far)
        fewest = FEWEST_WITH_YEARS if surely else IN_A_YEAR
        if len(found) >= fewest and in_turn(list(found.values())):
            return {j: month.name for j, month in found.items()}
    return {}


def rows_of_months(cells: Cells, number: Mask) -> Mask:
    """The rows that name months in figures: the first of a sheet, or below a row without any figure."""
    found = np.zeros(cells.height, bool)
    some = number.sum(axis=1)
    candidates = some >= FEWEST_WITH_YEARS
    candidates[1:] &= some[:-1] == 0
    for row in np.flatnonzero(candidates).tolist():
        months = months_across(cells, row)
        found[row] = bool(months) and number[row].sum() <= number[row, list(months)].sum()
    return found


def in_turn(months: Sequence[Month]) -> bool:
    """Whether each month follows the one before.

    >>> in_turn([Month(2025, 12), Month(2026, 1)]), in_turn([Month(2025, 4), Month(2025, 6)])
    (True, False)
    """
    return all(after == before.following for before, after in pairwise(months))


def month_named_by(value: CellValue) -> Month | None:
    """The month that a cell names in figures with its year, or by its name.

    >>> month_named_by("Apr-25"), month_named_by(202504.0), month_named_by("April"), month_named_by("Parks")
    (Month(year=0, month=4), Month(year=2025, month=4), Month(year=0, month=4), None)
    """
    if (month := _with_a_year(value)) is not None:
        return month
    period = period_of(value) if isinstance(value, str) else None
    return Month(0, period.number) if period and period.part is Part.MONTH else None


def _with_a_year(value: CellValue) -> Month | None:
    """A month with its year, in full or by its last two digits; or the first day of a month, as a spreadsheet keeps it."""
    if isinstance(value, date | datetime):
        return Month(value.year, value.month) if value.day == 1 else None
    if isinstance(value, float) and not value.is_integer():
        return _parted(value)
    match = _WRITTEN.fullmatch(_as_text(value))
    if match is None:
        return None
    year = int(match["year"] or match["second"])
    return _month(
        year if len(match["year"] or match["second"]) > 2 else year + CENTURY,
        int(match["month"] or match["first"]),
    )


CENTURY: Final = count("months_across", "century")


def _parted(value: float) -> Month | None:
    """A month and its year that read as one figure with a point: 4.2025, or 2025.04.

    >>> _parted(4.2025), _parted(10.202), _parted(2025.1), _parted(4.5)
    (Month(year=2025, month=4), Month(year=2020, month=10), Month(year=2025, month=10), None)
    """
    whole = int(value)
    if whole <= IN_A_YEAR:
        return _month(round((value - whole) * 10_000), whole)
    return _month(whole, round((value - whole) * 100))


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= IN_A_YEAR else None


def _by_short_year(value: CellValue) -> Month | None:
    match = _SHORT.fullmatch(_as_text(value))
    return Month(CENTURY + int(match["year"]), int(match["month"])) if match else None


def _by_number(value: CellValue) -> Month | None:
    text = _PERIOD.sub("", _as_text(value).casefold()).lstrip("0")
    return Month(0, int(text)) if text.isdecimal() and len(text) <= 2 and int(text) <= IN_A_YEAR else None


def _as_text(value: CellValue) -> str:
    """A cell as it was typed, a whole number without its point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
