"""Which figures of a row are bare years of the Buddhist era, as Thai sheets head their columns: 2566, 2567.

They name the columns below them; where nothing else of the sheet is Thai, such figures are amounts.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells, Mask, texts_at_the_top
from budget_model.intake.sheet import words
from budget_model.intake.sheet.eras import bare_era

_ERA: Final = bare_era()


def years_across(cells: Cells, row: int) -> Mapping[int, str]:
    """For each column over which a row names a year by its number alone what it is called; else nothing."""
    columns = np.flatnonzero(cells.kinds[row] == CellKind.NUMBER).tolist()
    years = [float(cells.numbers[row, j]) for j in columns]
    if not years or not all(year in _ERA.years for year in years) or not _of_its_script(cells):
        return {}
    if any(abs(after - before) != 1 for before, after in pairwise(years)) or _headed(cells, row, columns):
        return {}
    return {j: f"{_ERA.word} {int(year)}" for j, year in zip(columns, years, strict=True)}


def rows_of_years(cells: Cells, number: Mask) -> Mask:
    """The rows that name such years: the first of a sheet, or below a row without any figure."""
    found = np.zeros(cells.height, bool)
    if not cells.height or not _of_its_script(cells):
        return found
    some = number.sum(axis=1)
    candidates = some > 0
    candidates[1:] &= some[:-1] == 0
    for row in np.flatnonzero(candidates).tolist():
        found[row] = bool(years_across(cells, row))
    return found


def _headed(cells: Cells, row: int, columns: Sequence[int]) -> bool:
    """Whether words right above one of some figures name its column, and no years, so that the figure is an amount."""
    above = [cells.text(row - 1, j) for j in columns] if row else []
    return any(text and not words.YEAR_HEADER.search(text) and _ERA.word not in text for text in above)


def _of_its_script(cells: Cells) -> bool:
    return any(_ERA.script.search(text) for text in texts_at_the_top(cells.sheet))
