"""Where every figure of a workbook went: a line, a total, another column, a header, left out with a reason, or stray.

The law: each cell that was read as a figure is in exactly one of these, and what is in none of them is named. So
the figures of a sheet are the sum of its parts, and no cell of money is dropped unsaid.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet.reason import Because
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.table import CellCount, CellsAs
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR
from budget_model.problem import Location, Problem, Severity

MOST_NAMED: Final = count("accounted", "most_named")
_OF_ROWS = {
    RowRole.LINE: CellsAs.LINE,
    RowRole.TOTAL: CellsAs.TOTAL,
    RowRole.REPEATED_HEADER: CellsAs.HEADER,
}
_NUMBERED = {what: number for number, what in enumerate(CellsAs)}


def account(
    sheets: Sequence[Cells],
    regions: Sequence[Sequence[Region]],
    drafts: Sequence[TableDraft],
    aside: Mapping[int, Because],
) -> tuple[tuple[CellCount, ...], tuple[Problem, ...]]:
    """How many figures of each sheet went where, what they come to, and a problem for those that went nowhere."""
    counts: list[CellCount] = []
    problems: list[Problem] = []
    for number, cells in enumerate(sheets):
        figures = cells.is_number()
        if not figures.any():
            continue
        place = np.full(cells.kinds.shape, _NUMBERED[CellsAs.STRAY], np.uint8)
        for region in regions[number]:
            _of_region(place, region)
        for k, draft in enumerate(drafts):
            if draft.number == number:
                _of_draft(place, draft, left_out=k in aside)
        counts += _counted(cells, figures, place)
        problems += _named(cells, figures & (place == _NUMBERED[CellsAs.STRAY]), drafts)
    return tuple(counts), tuple(problems)


def _of_region(place: NDArray[np.uint8], region: Region) -> None:
    """The figures of a table, before it is known what its columns are."""
    across = slice(region.left, region.right + 1)
    place[region.top : region.bottom + 1, across] = _NUMBERED[CellsAs.NO_AMOUNTS]
    for row in (*region.headers, *region.titles, *region.helpers):
        place[row] = _NUMBERED[CellsAs.HEADER]


def _of_draft(place: NDArray[np.uint8], draft: TableDraft, *, left_out: bool) -> None:
    body = slice(draft.body.start, draft.body.stop)
    of_rows = np.full(len(draft.body), _NUMBERED[CellsAs.LEFT_OUT], np.uint8)
    for role, what in _OF_ROWS.items():
        of_rows[draft.rows.roles == role] = _NUMBERED[what]
    for column in draft.columns:
        if left_out and column.role in (Role.AMOUNT, Role.TOTAL):
            place[body, column.index] = _NUMBERED[CellsAs.LEFT_OUT]
        elif column.role is Role.AMOUNT:
            place[body, column.index] = of_rows
        elif column.role in (Role.TOTAL, Role.MEMO):
            place[body, column.index] = _NUMBERED[CellsAs.OTHER_COLUMN]
        else:
            place[body, column.index] = _NUMBERED[CellsAs.NO_AMOUNTS]


def _counted(cells: Cells, figures: NDArray[np.bool_], place: NDArray[np.uint8]) -> list[CellCount]:
    there = place[figures]
    numbers = cells.numbers[figures]
    many = np.bincount(there, minlength=len(_NUMBERED))
    return [
        CellCount(cells.sheet.name, what, int(many[number]), float(numbers[there == number].sum()))
        for what, number in _NUMBERED.items()
        if many[number]
    ]


def _named(cells: Cells, stray: NDArray[np.bool_], drafts: Sequence[TableDraft]) -> list[Problem]:
    """The figures outside of every table, but for years, which stand in the words around it."""
    numbers = np.where(stray, cells.numbers, np.nan)
    with np.errstate(invalid="ignore"):
        stray = stray & ~((numbers >= FIRST_YEAR) & (numbers <= LAST_YEAR) & (numbers == np.floor(numbers)))
    stray &= cells.kinds == CellKind.NUMBER
    places = np.argwhere(stray).tolist()
    if not places or not drafts:
        return []
    listed = ", ".join(f"{column_name(j)}{i + 1} '{cells.text(i, j)[:24]}'" for i, j in places[:MOST_NAMED])
    first = places[0]
    return [
        Problem(
            Location(drafts[0].file, cells.sheet.name or None, first[0] + 1, column_name(first[1])),
            f"{len(places)} figure{'s stand' if len(places) > 1 else ' stands'} outside of every table and "
            f"{'are' if len(places) > 1 else 'is'} not loaded: {listed}{' …' if len(places) > MOST_NAMED else ''}.",
            "Move them into the table if they belong to the budget.",
            Severity.WARNING,
            "stray-figures",
        )
    ]
