"""Each printed total beside the lines it covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.gaps import covered, said_of_gaps
from budget_model.intake.rules.sums import adds_up, headed, money, place
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.table import Check
from budget_model.problem import Problem, Severity

GAP_UNDER_TOTAL = "gap-under-total"
"""The code of a problem: a printed total counts what cells without an amount would hold."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """One printed total in one column, in whole currency units."""

    row: int
    column: Column
    printed: Decimal
    computed: Decimal
    parts: int
    gaps: tuple[int, ...]

    @property
    def difference(self) -> Decimal:
        return self.printed - self.computed


def printed_totals(draft: TableDraft) -> Iterator[Check]:
    """Every total of rows in every column that adds up."""
    for i in sorted(draft.rows.totals):
        for total in _printed(draft, i):
            cell = f"{total.column.letter}{draft.body.start + i + 1}"
            what = f"{draft.label(i)}: {headed(total.column)} (cell {cell})"
            yield Check(what, total.printed, total.computed)


def totals_that_disagree(draft: TableDraft) -> Iterator[Problem]:
    """Totals that differ from their lines by more than these may have been rounded."""
    for i in sorted(draft.rows.totals):
        off = [total for total in _printed(draft, i) if abs(total.difference) > _slack(draft, total)]
        if off:
            yield _disagreeing(draft, off)


def _printed(draft: TableDraft, i: int) -> Iterator[_Printed]:
    for column in draft.columns:
        if adds_up(draft, column) and draft.filled(column.index)[i]:
            below = covered(draft, i, column)
            computed = money(draft, column, below.plus) - money(draft, column, below.minus)
            parts = len(below.plus) + len(below.minus)
            yield _Printed(i, column, money(draft, column, [i]), computed, parts, below.gaps)


def _slack(draft: TableDraft, total: _Printed) -> Decimal:
    """By how much a total may differ from its lines, as each may have been rounded; pennies never are."""
    factor = draft.unit_of(total.column).factor
    to_the_penny = draft.figures[total.column.index].places == 2 and factor == 1
    return Decimal(0) if to_the_penny else factor * (total.parts + 1) / Decimal(2)


def _disagreeing(draft: TableDraft, off: Sequence[_Printed]) -> Problem:
    first, others = off[0], len(off) - 1
    more = f", and in {others} more column{'s' if others > 1 else ''}" if others else ""
    difference = first.difference
    sums = f"'{draft.label(first.row)}' is printed as {first.printed:,f} but the lines it covers come to {first.computed:,f}"
    where = place(draft, first.row, first.column.letter)
    if holds := said_of_gaps(draft, first.column, first.gaps):
        return Problem(
            where,
            f"{sums}: the difference of {difference:,f} is what {holds}{more}.",
            "Type the amount if it is known; the lines are loaded without it.",
            Severity.WARNING,
            GAP_UNDER_TOTAL,
        )
    return Problem(
        where,
        f"{sums}, a difference of {difference:,f}{more}.",
        "The lines are loaded; correct the total or the lines.",
        Severity.WARNING,
        "total-disagrees",
    )
