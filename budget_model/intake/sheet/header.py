"""A header that the officer has moved: which rows name the columns, remembered by their words.

Next year's file has the same header on another row as often as not, so the answer holds the row's number and
its words without years, and the words count first.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.regions import Region

NO_HEADER = "no header"
_SAID = re.compile(r"^rows? (?P<first>\d+)(?: to (?P<last>\d+))?(?:: (?P<words>.*))?$")
FURTHEST: Final = count("header", "furthest")


def header_answer(first: int, last: int, cells: Sequence[str]) -> str:
    """What is kept of a moved header: its rows as a spreadsheet counts them, and the words of the last one.

    >>> header_answer(4, 4, ("Code", "Service", "Budget 2016-17"))
    'row 4: code-service-budget'
    >>> header_answer(4, 5, ("", "£000"))
    'rows 4 to 5'
    """
    rows = f"row {first}" if first == last else f"rows {first} to {last}"
    words = slug(" ".join(cells))
    return f"{rows}: {words}" if words else rows


def with_header(cells: Cells, region: Region, answer: str) -> Region | None:
    """The table with the header that was named; None where the answer does not fit the sheet."""
    filled = cells.kinds != CellKind.EMPTY
    if answer == NO_HEADER:
        return _without(cells, region, filled)
    match = _SAID.match(answer)
    if match is None:
        return None
    last = int(match["last"] or match["first"]) - 1
    height = last - int(match["first"]) + 1
    found = _row_of(cells, region, last, match["words"] or "")
    if found is None or height < 0 or not region.top <= found - height < region.bottom:
        return None
    headers = tuple(row for row in range(found - height, found + 1) if filled[row].any())
    if not headers:
        return None
    columns = np.flatnonzero(filled[headers[0] : region.bottom + 1].any(axis=0))
    return replace(
        region,
        headers=headers,
        titles=_filled(filled, region.top, headers[0]),
        left=int(columns[0]),
        right=int(columns[-1]),
        repeats=frozenset(row for row in region.repeats if row > found),
        helpers=frozenset(),
    )


def _row_of(cells: Cells, region: Region, row: int, words: str) -> int | None:
    """The row that says these words, the nearest to the one that was named; the row itself without words."""
    if not words:
        return row if region.top <= row < region.bottom else None
    near = range(max(region.top, row - FURTHEST), min(region.bottom, row + FURTHEST + 1))
    same = [one for one in near if slug(" ".join(_texts(cells, one))) == words]
    return min(same, key=lambda one: abs(one - row), default=None)


def _texts(cells: Cells, row: int) -> list[str]:
    return [text[:60] for j in range(cells.width) if (text := cells.text(row, j))]


def _without(cells: Cells, region: Region, filled: np.ndarray) -> Region | None:
    figures = np.flatnonzero((cells.kinds[region.top : region.bottom + 1] == CellKind.NUMBER).any(axis=1))
    if not len(figures):
        return None
    first = region.top + int(figures[0])
    return replace(
        region,
        headers=(),
        titles=_filled(filled, region.top, first),
        repeats=frozenset(),
        helpers=frozenset(),
    )


def _filled(filled: np.ndarray, top: int, end: int) -> tuple[int, ...]:
    return tuple(row for row in range(top, end) if filled[row].any())
