"""Rows that are lines or totals by a best guess, and sides that are."""

from collections.abc import Iterator

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import place
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.problem import Problem, Severity

_COUNTED_AS = {RowRole.LINE: "counted as a line", RowRole.TOTAL: "counted as a total"}


def doubtful_rows(draft: TableDraft) -> Iterator[Problem]:
    """What stays in doubt about a row."""
    for i, doubt in sorted(draft.rows.doubts.items()):
        becomes = _COUNTED_AS.get(RowRole(int(draft.rows.roles[i])), "left out")
        yield Problem(
            place(draft, i),
            f"'{draft.label(i)}' is {becomes}, but {doubt}.",
            "Answer the question whether it is a total or a line.",
            Severity.WARNING,
            "perhaps-a-total",
        )


def unsure_sides(draft: TableDraft) -> Iterator[Problem]:
    """That nothing says which lines of a net total are income."""
    if unsure := draft.sides.doubt(Reason.SECOND_TAKEN_FOR_INCOME):
        yield Problem(
            place(draft),
            f"{unsure.because}.",
            "Check which lines are income, and head them 'Income' and 'Expenditure' if they are not.",
            Severity.WARNING,
            "unsure-sides",
        )
