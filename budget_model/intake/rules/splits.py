"""Rows that are parted by year or phase, so that they must not be added to each other.

Four years stacked in one file are four budgets, not one of four times the size.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Cells, present
from budget_model.intake.files.reading_limits import limit
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.years import years_in

NEARLY_ALL_DIFFERENT: Final = limit("splits", "nearly_all_different")


@dataclass(frozen=True, slots=True)
class Splits:
    """For each body row the part it belongs to (-1 for none), and what the parts are called."""

    of_row: NDArray[np.int32]
    names: tuple[str, ...]
    column: int | None
    """The column that says so; None where the rows' own labels do."""
    because: Because
    years: tuple[str | None, ...]
    rule: str = ""
    """The rule that found it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns and cells in which rules look for parts."""

    cells: Cells
    region: Region
    columns: Sequence[Column]

    def worded(self) -> list[Column]:
        """The columns of words."""
        return [column for column in self.columns if column.role is Role.WORDS]

    def amounts(self) -> list[int]:
        """The columns of amounts, by their index."""
        return [column.index for column in self.columns if column.role is Role.AMOUNT]

    def kinds(self, column: Column) -> "Kinds":
        """The different texts of a column of the body."""
        body, coded = self.region.body, self.cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        return Kinds(codes, {int(code): coded.texts[code] for code in present(codes) if code})


@dataclass(frozen=True, slots=True)
class Kinds:
    """The different texts of one column: the code of each row, and the text of each code."""

    codes: NDArray[np.int32]
    texts: dict[int, str]

    def rows(self, code: int) -> NDArray[np.intp]:
        """The body rows that say one text."""
        return np.flatnonzero(self.codes == code)

    def placed(self, order: Sequence[int]) -> NDArray[np.int32]:
        """For each row the place of its text in an order of them; -1 for none."""
        of_row = np.full(len(self.codes), -1, np.int32)
        for place, code in enumerate(order):
            of_row[self.codes == code] = place
        return of_row


@dataclass(frozen=True, slots=True)
class PartingRule:
    """One way in which rows may be parted."""

    name: str
    find: Callable[[Sheet], Iterator[Splits]]
    gives: tuple[Reason, ...]


def lines_of(sheet: Sheet, told: Column) -> NDArray[np.int64] | None:
    """For each row which line it is, by what the other columns of words and codes say."""
    body, cells = sheet.region.body, sheet.cells
    codes = []
    for column in sheet.columns:
        if column.role not in (Role.WORDS, Role.CODE, Role.YEAR, Role.DATE) or column.index == told.index:
            continue
        own = cells.coded(column.index).codes[body.start : body.stop]
        if len(present(own)) > NEARLY_ALL_DIFFERENT * len(body):
            continue
        filled = np.maximum.accumulate(np.where(own != 0, np.arange(len(own)), 0))
        codes.append(own[filled])
    if not codes:
        return None
    together = np.zeros(len(body), np.int64)
    for own in codes:
        together = np.unique(together * (int(own.max()) + 1) + own, return_inverse=True)[1].astype(np.int64)
    return together


def year_named(name: str) -> str | None:
    """The first year that a part's name holds."""
    return (years_in(name) or (None,))[0]
