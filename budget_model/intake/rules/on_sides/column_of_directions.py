"""A column that names the side of every row: EIN/AUS, E/R, Debit/Credit."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.direction_column import (
    FINANCING,
    FINANCING_IS_INCOME,
    NOT_SAID,
    SAID_BY_COLUMN,
)
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, every_row, rows
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction


def column_of_directions(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The side of every row; what the column calls financing has one only where the officer says so."""
    directions, told = settled.directed_by, body.told_of_sides
    if directions is None or told.get(SAID_BY_COLUMN) == NOT_SAID:
        return
    because = Reason.COLUMN_SAYS_SIDE.of(directions.column.letter)
    yield from every_row(directions.of_row, because, Proof.FORMAT)
    if told.get(FINANCING) == FINANCING_IS_INCOME:
        financing = np.array(directions.financing, np.intp)
        yield rows(financing, Direction.INCOME, Reason.OFFICER, Proof.OFFICER)
