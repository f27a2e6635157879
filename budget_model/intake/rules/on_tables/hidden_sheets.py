"""Tables on hidden sheets are not loaded unasked."""

from collections.abc import Iterator, Sequence

from budget_model.intake.rules.on_tables.covered_by_others import covered
from budget_model.intake.rules.refuse import LEAVE, LOAD, load_key
from budget_model.intake.rules.tables import (
    AllTables,
    Found,
    TablesChosen,
    leave,
)
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet.reason import Reason
from budget_model.problem import Location, Problem, Severity


def hidden_sheets(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Tables on hidden sheets are not loaded unasked; the officer is told of those that hold money of their own."""
    hidden = [
        k
        for k in tables.figures
        if k not in chosen.aside and k not in chosen.told and not tables.drafts[k].visible
    ]
    own = []
    for k in hidden:
        shown = {other: some for other, some in tables.figures.items() if tables.drafts[other].visible}
        yield from covered(k, tables, {**shown, k: tables.figures[k]}, chosen)
        if k not in chosen.aside:
            yield leave(k, Reason.SHEET_HIDDEN.of(), Proof.FORMAT)
            own.append(tables.drafts[k].sheet)
            _ask(tables, k)
    if own:
        yield _problem(tables.drafts[hidden[0]].file, own)


def _ask(tables: AllTables, k: int) -> None:
    tables.answers.ask(
        load_key(tables.drafts[k]),
        f"Sheet '{tables.drafts[k].sheet}' is hidden and holds amounts that are not found on the visible ones. "
        "Does it belong to the budget?",
        LEAVE,
        "what is hidden is as a rule working",
        (LEAVE, LOAD),
    )


def _problem(file: str, sheets: Sequence[str]) -> Problem:
    names = ", ".join(f"'{name}'" for name in dict.fromkeys(sheets))
    return Problem(
        Location(file, sheets[0]),
        f"Hidden sheets hold amounts that were not found on the visible ones, and are not loaded: {names}.",
        "Answer that they are to be loaded if they belong to the budget.",
        Severity.WARNING,
        "hidden-amounts",
    )
