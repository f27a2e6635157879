"""Tables that hold no amounts, or none other than zero."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.tables import (
    AllTables,
    Found,
    TablesChosen,
    leave,
)
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Measure


def without_amounts(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out every table that has nothing to load."""
    for k, draft in enumerate(tables.drafts):
        money = (m for m in tables.measures[k] if m.role == Role.AMOUNT and _holds_any(draft, m))
        if k not in chosen.aside and not any(money):
            yield leave(k, (Reason.ONLY_ZERO if draft.amounts() else Reason.NO_AMOUNTS).of())


def _holds_any(draft: TableDraft, measure: Measure) -> bool:
    """Whether any line of a column is other than zero, though all may come to nothing together."""
    if measure.total or measure.expenditure:
        return True
    body = draft.body
    figures = draft.cells.numbers[body.start : body.stop, measure.column][draft.lines]
    return bool(np.nan_to_num(figures).any())
