"""A column that holds nothing but a plus or a minus before each line: what comes in and what goes out."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, RowRole

MOST_MARKED: Final = count("sides", "most_marked")
_SIGNS: Final = {"+": Direction.INCOME, **dict.fromkeys("-−–", Direction.EXPENDITURE)}


def column_of_signs(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The side of every line by the first column of signs, where all lines have one and both stand there."""
    lines = settled.rows(RowRole.LINE)
    if not 2 <= len(lines) <= MOST_MARKED:
        return
    for j in range(body.region.left, max(body.amounts, default=body.region.left)):
        signs = [str(body.cells.value(body.start + i, j) or "").strip() for i in lines]
        if set(signs) <= set(_SIGNS) and len({_SIGNS[sign] for sign in signs}) > 1:
            for side in (Direction.INCOME, Direction.EXPENDITURE):
                own = np.array(
                    [i for i, sign in zip(lines, signs, strict=True) if _SIGNS[sign] is side], np.intp
                )
                yield rows(own, side, Reason.COLUMN_SAYS_SIDE.of(column_name(j)), Proof.FORMAT)
            return
