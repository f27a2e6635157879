"""What a conversion broke: rows whose cells slipped sideways, and one column parted into two.

Printed tables that were turned into spreadsheets lose their columns. A row is put straight only where it
then fits the others cell by cell; where its cells really stand is remembered, and the officer is told.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.grid import CellValue, column_name
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet.pounds_and_pence import pence_joined
from budget_model.intake.sheet.regions import Region
from budget_model.problem import Location, Problem, Severity

LONGEST_MENDED: Final = count("mend", "longest_mended")
FEWEST_FULL_ROWS: Final = count("mend", "fewest_full_rows")
CELLS_OF_A_FULL_ROW: Final = count("mend", "cells_of_a_full_row")
USUAL_COLUMN: Final = limit("mend", "usual_column")

_WORDS, _FIGURES, _NOTHING = 1, 2, 0


@dataclass(slots=True)
class Mended:
    """Where cells stand in the file that are now read elsewhere."""

    really: dict[tuple[int, int], int] = field(default_factory=dict)
    """(row, column as read) → column in the file."""
    problems: list[Problem] = field(default_factory=list)

    def letter(self, row: int, column: int) -> str:
        """The column in the file of a cell as read."""
        return column_name(self.really.get((row, column), column))


def mend(cells: Cells, region: Region, file: str) -> Mended:
    """Put straight what can be put straight beyond doubt."""
    mended = Mended()
    _join_pence(cells, region, mended, file)
    if len(region.body) <= LONGEST_MENDED:
        if not region.headers:
            _join_columns(cells, region, mended, file)
        _straighten_rows(cells, region, mended, file)
    return mended


def _sort(cells: Cells, region: Region) -> NDArray[np.int8]:
    """For each cell of the body: words or dates, figures, or nothing."""
    rows = slice(region.body.start, region.body.stop)
    kinds = cells.kinds[rows, region.left : region.right + 1]
    sort = np.zeros(kinds.shape, np.int8)
    sort[(kinds == CellKind.TEXT) | (kinds == CellKind.DATE)] = _WORDS
    sort[(kinds == CellKind.NUMBER) | (kinds == CellKind.PERCENT)] = _FIGURES
    return sort


def _straighten_rows(cells: Cells, region: Region, mended: Mended, file: str) -> None:
    sort = _sort(cells, region)
    full = sort[(sort != _NOTHING).sum(axis=1) >= CELLS_OF_A_FULL_ROW]
    if len(full) < FEWEST_FULL_ROWS:
        return
    usual = np.array([np.bincount(full[:, j], minlength=3).argmax() for j in range(sort.shape[1])])
    firm = np.array([(full[:, j] == usual[j]).mean() >= USUAL_COLUMN for j in range(sort.shape[1])])
    misfit = ((sort != usual) & firm).sum(axis=1)
    for i in np.flatnonzero((misfit >= 2) & ((sort != _NOTHING).sum(axis=1) >= CELLS_OF_A_FULL_ROW)):
        best = _best_shift(sort[i], usual, firm, int(misfit[i]))
        if best:
            _shift(cells, region, region.body.start + int(i), best, mended, file)


def _best_shift(
    row: NDArray[np.int8], usual: NDArray[np.intp], firm: NDArray[np.bool_], misfit: int
) -> tuple[int, int] | None:
    """(first column, +1 or -1) of the slip that makes a row fit wholly, if there is one."""
    width = len(row)
    for start in range(width):
        right = np.concatenate([row[:start], [_NOTHING], row[start : width - 1]])
        if not ((right != usual) & firm).any() and misfit >= 2:
            return start, 1
        if row[start] == _NOTHING:
            left = np.concatenate([row[:start], row[start + 1 :], [_NOTHING]])
            if not ((left != usual) & firm).any() and misfit >= 2:
                return start, -1
    return None


def _shift(cells: Cells, region: Region, row: int, slip: tuple[int, int], mended: Mended, file: str) -> None:
    start, step = slip[0] + region.left, slip[1]
    values: list[CellValue] = [cells.value(row, j) for j in range(cells.width)]
    kinds, numbers = cells.kinds[row].copy(), cells.numbers[row].copy()
    last = region.right
    lost = cells.text(row, last) if step == 1 else ""
    if step == 1:
        values[start + 1 : last + 1] = values[start:last]
        kinds[start + 1 : last + 1], numbers[start + 1 : last + 1] = (
            kinds[start:last].copy(),
            numbers[start:last].copy(),
        )
        emptied = start
    else:
        values[start:last] = values[start + 1 : last + 1]
        kinds[start:last], numbers[start:last] = (
            kinds[start + 1 : last + 1].copy(),
            numbers[start + 1 : last + 1].copy(),
        )
        emptied = last
    values[emptied], kinds[emptied], numbers[emptied] = None, CellKind.EMPTY, np.nan
    cells.sheet.rows[row] = values
    cells.forget()
    cells.kinds[row], cells.numbers[row] = kinds, numbers
    for j in range(start, last + 1):
        mended.really[row, j] = j - step
    side = "left" if step == 1 else "right"
    mended.problems.append(
        Problem(
            Location(file, cells.sheet.name or None, row + 1),
            f"From column {column_name(start)} on, the cells of this row stand one column too far to the {side}; "
            "they were read one column over."
            + (f" '{lost}' at its end belongs to no column and was left out." if lost else ""),
            "Compare the row with its neighbours in the file.",
            Severity.WARNING,
            "row-slipped",
        )
    )


def _join_pence(cells: Cells, region: Region, mended: Mended, file: str) -> None:
    for pounds, pence in pence_joined(cells, region):
        first, second = column_name(pounds), column_name(pence)
        mended.problems.append(
            Problem(
                Location(file, cells.sheet.name or None, None, first),
                f"Columns {first} and {second} hold the whole units and the hundredths of the same amounts, as their "
                "headers say; they were read as one column.",
                "Nothing to do, unless they are something else.",
                Severity.NOTE,
                "pence-joined",
            )
        )


def _join_columns(cells: Cells, region: Region, mended: Mended, file: str) -> None:
    """Neighbouring columns of figures without a header, never both filled, are one column parted in two."""
    sort = _sort(cells, region)
    figures = [
        j for j in range(sort.shape[1]) if (sort[:, j] == _FIGURES).any() and not (sort[:, j] == _WORDS).any()
    ]
    for left, right in zip(figures[::-1][1:], figures[::-1][:-1], strict=True):
        both = (sort[:, left] != _NOTHING) & (sort[:, right] != _NOTHING)
        used = [(sort[:, one] == _FIGURES).sum() for one in (left, right)]
        if right != left + 1 or both.any() or min(used) < 2:
            continue
        for i in np.flatnonzero(sort[:, right] == _FIGURES):
            row, j, k = region.body.start + int(i), left + region.left, right + region.left
            cells.kinds[row, j], cells.numbers[row, j] = cells.kinds[row, k], cells.numbers[row, k]
            cells.kinds[row, k], cells.numbers[row, k] = CellKind.EMPTY, np.nan
            mended.really[row, j] = k
        sort = _sort(cells, region)
        mended.problems.append(
            Problem(
                Location(file, cells.sheet.name or None, None, column_name(left + region.left)),
                f"Columns {column_name(left + region.left)} and {column_name(right + region.left)} have no header and are "
                "never both filled on a row; they were read as one column.",
                "Compare them in the file.",
                Severity.WARNING,
                "columns-joined",
            )
        )
