"""Blank and stray cells far to the right of a table: taken off, and named where they hold anything.

A single space in XFD250, or a working figure a hundred columns away, is no reason to refuse a file.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from budget_model.intake.files import limits
from budget_model.intake.files.grid import CellValue, Sheet, column_name
from budget_model.intake.files.reading_limits import count
from budget_model.problem import Location, Problem, Severity

WIDE: Final = count("far_cells", "wide")
GAP: Final = count("far_cells", "gap")
MOST_STRAY: Final = count("far_cells", "most_stray")


def cut_off(sheet: Sheet, file: str) -> list[Problem]:
    """Take blanks and stray cells off the right of a wide sheet; say which cells are left out. Refuses one too wide."""
    width = max(map(len, sheet.rows), default=0)
    if width <= WIDE:
        return []
    filled = sorted({j for row in sheet.rows for j, cell in enumerate(row) if _holds(cell)})
    last, stray = _edge(sheet, filled)
    where = f"{file}, sheet '{sheet.name}'" if sheet.name else file
    limits.refuse_wide(last + 1, f"{where}, column {column_name(last)}")
    cells = [(i, j) for i, row in enumerate(sheet.rows) for j in stray if _is_filled(row, j)]
    problems = [_named(sheet, cells, file)] if cells else []
    for row in sheet.rows:
        del row[last + 1 :]
    return problems


def _holds(cell: CellValue) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _is_filled(row: Sequence[CellValue], j: int) -> bool:
    return j < len(row) and _holds(row[j])


def _edge(sheet: Sheet, filled: list[int]) -> tuple[int, list[int]]:
    """The last column of the table, and the columns of stray cells beyond it."""
    for k, (left, right) in enumerate(pairwise(filled)):
        if right - left <= GAP:
            continue
        beyond = filled[k + 1 :]
        if sum(_is_filled(row, j) for row in sheet.rows for j in beyond) <= MOST_STRAY:
            return left, beyond
    return (filled[-1] if filled else -1), []


def _named(sheet: Sheet, cells: list[tuple[int, int]], file: str) -> Problem:
    listed = ", ".join(f"{column_name(j)}{i + 1} '{str(sheet.rows[i][j])[:30]}'" for i, j in cells[:10])
    first = cells[0]
    return Problem(
        Location(file, sheet.name or None, first[0] + 1, column_name(first[1])),
        f"{len(cells)} cell{'s' if len(cells) > 1 else ''} far to the right of the table "
        f"{'were' if len(cells) > 1 else 'was'} left out: {listed}.",
        "Move them beside the table if they belong to it.",
        Severity.WARNING,
        "stray-cells",
    )
