"""Which figures carry a minus: what rules about income and expenditure ask of cells."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Numbers
from budget_model.intake.files.reading_limits import limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.sheet.roles import Direction, RowRole

MOSTLY_NEGATIVE: Final = limit("sides", "mostly_negative")


def figures_but_zero(body: Body, rows: Sequence[int] | NDArray[np.intp], columns: Sequence[int]) -> Numbers:
    """The figures of some rows and columns that are not nought, in one row."""
    figures = body.numbers[np.ix_(np.asarray(rows, np.intp), np.asarray(columns, np.intp))]
    some: Numbers = figures[np.isfinite(figures) & (figures != 0)]
    return some


def mostly_negative(
    body: Body,
    rows: Sequence[int] | NDArray[np.intp],
    columns: Sequence[int],
    more_than: float = MOSTLY_NEGATIVE,
) -> bool:
    """Whether more than a share of the figures in some rows and columns carry a minus."""
    some = figures_but_zero(body, rows, columns)
    return bool(len(some)) and bool((some < 0).mean() > more_than)


def lines_of(settled: Settled, side: Direction) -> NDArray[np.intp]:
    """The lines that are of one side, so far."""
    return np.flatnonzero((settled.roles == RowRole.LINE) & (settled.directions() == side))
