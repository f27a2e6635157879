"""A column whose header says nothing of money, and without which the others add up to printed totals.

Totals have to agree in nearly every column of amounts; one that only looks like it would hide them all. Whether it
does is settled by reading the table in both ways.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.arithmetic_of_rows import add_up
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Candidate, Contest, Proof, Verdict, column
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole

MOST_TRIED: Final = count("drafting", "most_tried")
BY_LOOKS = (Reason.SHAPE_OF_AMOUNTS, Reason.PENCE)
"""Why a column holds amounts of whose header nothing speaks of money."""
ALL_HOLD = "all hold amounts"


def hiding_totals(body: Body, settled: Settled) -> Iterator[Contest]:
    """The readings in which one column that only looks like amounts is a code, beside that in which all are amounts."""
    amounts = body.of_role(Role.AMOUNT)
    by_looks = [amount for amount in amounts if amount.reason.reason in BY_LOOKS]
    if not 0 < len(by_looks) < len(amounts) or body.height > MOST_TRIED or settled.totals():
        return
    hiding = [look for look in by_looks if _adds_up_without(body, settled, look)]
    if hiding:
        yield Contest(
            "hiding",
            "Printed totals add up only if a column is left out whose header does not speak of money. Which column "
            "holds no amounts?",
            "with it no printed total is met",
            (Candidate(ALL_HOLD, ()), *(Candidate(_called(one), (_code(one),)) for one in hiding)),
            always_asked=True,
        )


def _called(one: Column) -> str:
    return f"column {one.letter}, {one.name}" if one.name else f"column {one.letter}"


def _code(one: Column) -> Verdict:
    return column(one.index, Role.CODE, Reason.TOTALS_LEAVE_IT_OUT, Proof.ARITHMETIC)


def _adds_up_without(body: Body, settled: Settled, left_out: Column) -> bool:
    """Whether at least two rows are the sum of several others in every column but one."""
    columns = (replace(one, role=Role.CODE) if one.index == left_out.index else one for one in body.columns)
    trial = replace(body, columns=tuple(columns))
    items = np.flatnonzero((settled.roles == RowRole.LINE) & trial.has_amounts)
    if not len(items):
        return False
    rows = Rows(body.start, settled.roles.copy(), labels=list(body.labels))
    totals = [verdict.total for verdict in add_up(trial, rows, items, None)[1] if verdict.total]
    return sum(len(total.plus) >= 2 and not total.off for total in totals) >= 2
