"""Labels marked '(+)' and '(-)', as in a statement that leads from one balance to the next."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, RowRole

MOST_MARKED: Final = count("sides", "most_marked")
_MARKED = re.compile(r"[\d.\s]*\((?P<mark>[+−–-])\)")


def marked_plus_or_minus(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Lines marked with a plus are income, those with a minus expenditure, where all lines are marked."""
    lines = settled.rows(RowRole.LINE)[:MOST_MARKED]
    marks = {i: match["mark"] for i in lines if (match := _MARKED.match(body.labels[i]))}
    added = np.array([i for i, mark in marks.items() if mark == "+"], np.intp)
    taken = np.array([i for i, mark in marks.items() if mark != "+"], np.intp)
    if len(marks) == len(lines) and len(added) and len(taken):
        yield rows(added, Direction.INCOME, Reason.WORDS_SAY_SIDE, Proof.WORDS)
        yield rows(taken, Direction.EXPENDITURE, Reason.WORDS_SAY_SIDE, Proof.WORDS)
