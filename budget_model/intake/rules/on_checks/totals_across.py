"""A total across: the whole column beside the columns it covers, over the lines."""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from budget_model.intake.rules.across import PROVED
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import headed, lines, money, place
from budget_model.intake.rules.verdict import Relation, RelationKind
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.table import Check
from budget_model.problem import Problem, Severity


def totals_across(draft: TableDraft) -> Iterator[Check]:
    """Every column that is proved to be computed from others, all of which hold figures."""
    by_index = {column.index: column for column in draft.columns}
    rows = draft.lines.tolist()
    for relation in draft.across.relations.values():
        parts = (*relation.plus, *relation.minus)
        if relation.kind in PROVED and {relation.column, *parts} <= draft.figures.keys():
            column = by_index[relation.column]
            plus = sum((money(draft, by_index[i], rows) for i in relation.plus), Decimal(0))
            minus = sum((money(draft, by_index[i], rows) for i in relation.minus), Decimal(0))
            if column.index in draft.alone:
                plus += money(draft, column, np.flatnonzero(draft.alone[column.index]).tolist())
            what = f"{headed(column)} across, all lines (column {column.letter})"
            yield Check(what, money(draft, column, rows), plus - minus)


def totals_across_that_disagree(draft: TableDraft) -> Iterator[Problem]:
    """Totals across that stand alone on some lines, and those that disagree on others."""
    by_index = {column.index: column for column in draft.columns}
    for relation in draft.across.relations.values():
        if relation.kind is RelationKind.SUM and relation.off:
            column = by_index[relation.column]
            if column.index in draft.alone:
                yield _alone(draft, column)
            yield from _off(draft, column, relation)


def _alone(draft: TableDraft, column: Column) -> Problem:
    rows = np.flatnonzero(draft.alone[column.index])
    return Problem(
        place(draft, int(rows[0]), column.letter),
        f"'{column.name}' stands alone on {lines(len(rows))}, first on this one: the columns that it "
        "adds up are blank there. On such lines the total is loaded, on the others the columns are.",
        "Fill in the columns if it is known whose money it is.",
        Severity.WARNING,
        "only-a-total",
    )


def _off(draft: TableDraft, column: Column, relation: Relation) -> Iterator[Problem]:
    alone = draft.alone.get(column.index, np.zeros(len(draft.rows.roles), bool))
    rows = [i for i in relation.off if draft.rows.roles[i] == RowRole.LINE and not alone[i]]
    if rows and column.role is Role.TOTAL:
        yield Problem(
            place(draft, rows[0], column.letter),
            f"'{column.name}' disagrees with the columns it covers on {lines(len(rows))}, first on this one.",
            "The columns it covers are loaded, not the total.",
            Severity.WARNING,
            "total-across-disagrees",
        )
