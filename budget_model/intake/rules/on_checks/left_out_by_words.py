"""Rows with figures that are left out for their words, where no printed total and no difference shows that it is so."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import place
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.problem import Problem, Severity


def left_out_by_words(draft: TableDraft) -> Iterator[Problem]:
    """For each reason the first of them by its label, and how many there are."""
    shown = {Reason.NO_MONEY_IN_WORDS: _passed_over, Reason.LEFT_OF_OTHERS: _is_left}
    notes = {i: because for i, because in draft.rows.reasons.items() if draft.rows.roles[i] == RowRole.NOTE}
    for reason, is_shown in shown.items():
        called = sorted(i for i, because in notes.items() if because.reason is reason)
        left_out = [i for i in called if not is_shown(draft, i)]
        if left_out:
            yield _named(draft, left_out)


def _named(draft: TableDraft, left_out: list[int]) -> Problem:
    first, others = left_out[0], len(left_out) - 1
    are = f"so {'are' if others > 1 else 'is'} {others} more row{'s' if others > 1 else ''}"
    return Problem(
        place(draft, first),
        f"'{draft.label(first)}' is left out: {draft.rows.reasons[first]}{f'; {are}' if others else ''}.",
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


def _is_left(draft: TableDraft, i: int) -> bool:
    """Whether a row is as much as a total, or as two of them differ by, whatever its sign; in every column of amounts."""
    columns = [draft.figures[column.index].whole for column in draft.amounts()]
    if not columns:
        return True
    totals = sorted(draft.rows.totals)
    own = np.abs([whole[i] for whole in columns])
    printed = np.array([[0] * len(columns), *([whole[k] for whole in columns] for k in totals)])
    return any(bool((np.abs(printed - one) == own).all(axis=1).any()) for one in printed)
