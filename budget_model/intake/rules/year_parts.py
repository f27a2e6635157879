"""Which columns are the parts of one year, so that they add up to it: months, quarters, halves.

Twelve equal months are no copies of each other; parts of which each holds all before it are not added; what covers
only some of the year is no year.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.exact import median
from budget_model.intake.files.reading_limits import limit
from budget_model.intake.rules.alternative import Alternative
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet.columns import FEWEST_PARTS, runs_of_columns
from budget_model.intake.sheet.periods import IN_A_YEAR, Part, Run
from budget_model.intake.sheet.table import Measure


def together(draft: TableDraft, amounts: Sequence[Measure]) -> dict[Measure, Alternative]:
    """For each measure that is part of a run which adds up, what the run comes to."""
    by_index = {column.index: column for column in draft.columns}
    columns = [by_index[measure.column] for measure in amounts]
    alternatives: dict[Measure, Alternative] = {}
    for run in runs_of_columns(columns):
        own = [amounts[place] for place in run.places]
        if not accumulate(draft, own):
            alternatives |= dict.fromkeys(own, _named(run))
    return alternatives


_PLURALS = {Part.HALF: "halves"}


def _named(run: Run) -> Alternative:
    """What the parts are called together.

    >>> str(_named(Run((0, 1), Part.HALF, True, "")))
    'the 2 halves together'
    >>> str(_named(Run((0, 1, 2), Part.QUARTER, False, "plan")))
    'the 3 quarters together, plan, so far: 3 of 4'
    """
    parts = f"the {len(run.places)} {_PLURALS.get(run.part, f'{run.part}s')} together"
    parts += f", {run.rest}" if run.rest else ""
    if run.whole:
        return Alternative(parts)
    return Alternative(f"{parts}, so far: {len(run.places)} of {IN_A_YEAR[run.part]}", partly=True)


def accumulate(draft: TableDraft, measures: Sequence[Measure]) -> bool:
    """Whether each part of a run holds all before it, so that the last is the whole."""
    if len(measures) < FEWEST_PARTS or len(draft.lines) < 1:
        return False
    figures = np.abs(_figures(draft, measures))
    live = figures[figures.any(axis=1)]
    if not len(live):
        return False
    steps = np.diff(live, axis=1)
    rising = (steps >= 0).mean() >= MOSTLY_RISING and (steps > 0).mean() >= OFTEN_RISING
    last = np.where(live[:, -1] != 0, live[:, -1], 1)
    begins_small = median(live[:, 0] / last) <= FIRST_OF_LAST / len(measures)
    return bool(rising and begins_small)


def rises_evenly(draft: TableDraft, measures: Sequence[Measure]) -> bool:
    """Whether on each of several lines the second column is twice the first, the third three times it, and so on."""
    figures = _figures(draft, measures)
    even = np.outer(figures[:, 0], np.arange(1, len(measures) + 1))
    return (
        len(figures) > 1
        and bool(figures[:, 0].all())
        and bool(np.allclose(figures, even, rtol=0, atol=SLACK))
    )


SLACK: Final = limit("year_parts", "slack")
MOSTLY_RISING: Final = limit("year_parts", "mostly_rising")
OFTEN_RISING: Final = limit("year_parts", "often_rising")
FIRST_OF_LAST: Final = limit("year_parts", "first_of_last")


def _figures(draft: TableDraft, measures: Sequence[Measure]) -> NDArray[np.float64]:
    return np.column_stack(
        [
            draft.figures[m.column].whole[draft.lines] / 10.0 ** draft.figures[m.column].places
            for m in measures
        ]
    )
