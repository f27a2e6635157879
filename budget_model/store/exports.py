"""The mapped lines of a year, ready to leave the product."""

from typing import Any

from budget_model.contribute.package import Exported
from budget_model.store.spending import submissions
from budget_model.store.store import Store


def exported(store: Store, year: str, organisation: str = "", *, best: bool = True) -> tuple[Exported, ...]:
    """Every line in force of a year, or one organisation's, each of its services apart.

    `best` takes each body's best phase alone, as the place's total does.
    """
    asked = {"year": year, "organisation": organisation, "best": best}
    states = {
        submission.submission: (submission.reconciliation, submission.control_source.says)
        for submission in submissions(store, year, organisation)
    }
    found = []
    for row in store.ask("contribution_export", asked):
        *told, submission = row
        values: list[Any] = ["" if value is None else value for value in (*told, *states[int(submission)])]
        values[5] = "income" if values[5] == "income" else "expenditure"
        found.append(Exported(*values))
    return tuple(found)
