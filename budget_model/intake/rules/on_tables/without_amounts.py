"""Tables that hold no amounts, or none other than zero."""

from collections.abc import Iterator

from budget_model.intake.rules.tables import (
    AllTables,
    Found,
    TablesChosen,
    leave,
)
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role


def without_amounts(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out every table that has nothing to load."""
    for k, draft in enumerate(tables.drafts):
        money = (m for m in tables.measures[k] if m.role == Role.AMOUNT and (m.total or m.expenditure))
        if k not in chosen.aside and not any(money):
            yield leave(k, (Reason.ONLY_ZERO if draft.amounts() else Reason.NO_AMOUNTS).of())
