"""Totals that are called as each side is say it of the lines they sum up: 'Total income', 'Výdaje celkem'."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of_heading
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction


def totals_of_sides(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Give the lines below the totals of each side their side, where both sides have a total and share no line."""
    totals = settled.totals()
    below: dict[Direction, set[int]] = {Direction.INCOME: set(), Direction.EXPENDITURE: set()}
    for i, total in totals.items():
        side = side_of_heading(body.labels[i])
        if side and not total.minus and not words.NET.search(body.labels[i]):
            below[side].update(lines_below(totals, total)[0])
    if not all(below.values()) or set.intersection(*below.values()):
        return
    for side, lines in below.items():
        yield rows(np.array(sorted(lines), np.intp), side, Reason.TOTALS_SAY_SIDE, Proof.WORDS)
