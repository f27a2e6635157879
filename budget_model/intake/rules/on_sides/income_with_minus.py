"""A line with a minus whose words speak of income is income."""

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role, RowRole

COLUMNS_OF_PAYMENT: Final = count("sides", "columns_of_payment")
MOSTLY_NEGATIVE_LINE: Final = limit("sides", "mostly_negative_line")


def income_with_minus(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Lines called income most of whose amounts carry a minus, among those of which nothing is said yet.

    In a list of payments a minus is a credit note, whatever the supplier is called.
    """
    described = body.of_role(Role.WORDS, Role.CODE, Role.DATE)
    if not body.amounts or len(described) >= COLUMNS_OF_PAYMENT:
        return
    called = cache(called_income_with_a_minus)
    unsaid = np.flatnonzero((settled.roles == RowRole.LINE) & (settled.directions() == Direction.UNKNOWN))
    income = [i for i in unsaid.tolist() if called(body.labels[i]) and _carries_minus(body, i)]
    if income:
        yield rows(np.array(income, np.intp), Direction.INCOME, Reason.INCOME_WITH_MINUS, Proof.WORDS)


def called_income_with_a_minus(label: str) -> bool:
    """Whether a label speaks of income, or of what is income only where the costs have the other sign."""
    side = side_of(label)
    return side is Direction.INCOME or (not side and bool(words.INCOME_WITH_A_MINUS.search(label)))


def _carries_minus(body: Body, row: int) -> bool:
    amounts = list(body.amounts)
    figures = body.numbers[row, amounts][body.kinds[row, amounts] == CellKind.NUMBER]
    figures = figures[figures != 0]
    return bool(len(figures)) and bool((figures < 0).mean() > MOSTLY_NEGATIVE_LINE)
