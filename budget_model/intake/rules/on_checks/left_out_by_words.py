"""Rows with figures that are left out because their words name no money, and no printed total shows that it is so."""

from collections.abc import Iterator

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import place
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.problem import Problem, Severity


def left_out_by_words(draft: TableDraft) -> Iterator[Problem]:
    """The first of them by its label, and how many there are."""
    called = [i for i, because in draft.rows.reasons.items() if because.reason is Reason.NO_MONEY_IN_WORDS]
    left_out = [
        i for i in sorted(called) if draft.rows.roles[i] == RowRole.NOTE and not _passed_over(draft, i)
    ]
    if left_out:
        first, others = left_out[0], len(left_out) - 1
        more = (
            f"; so {'are' if others > 1 else 'is'} {others} more row{'s' if others > 1 else ''}"
            if others
            else ""
        )
        yield Problem(
            place(draft, first),
            f"'{draft.label(first)}' is left out: {draft.rows.reasons[first]}{more}.",
            "Say of the row that it is a line if it is money.",
            Severity.WARNING,
            "left-out-by-words",
        )


def _passed_over(draft: TableDraft, i: int) -> bool:
    """Whether a printed total that agrees adds up the lines around a row, without it."""
    return any(
        min(total.plus) < i < max(k, *total.plus)
        for k, total in draft.rows.totals.items()
        if total.plus and not total.off
    )
