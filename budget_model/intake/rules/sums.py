"""What the columns of a table come to over some of its rows, in whole currency units."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from budget_model.intake.rules.across import EITHER_WAY, RUNNING
from budget_model.intake.rules.draft import OF_FIGURES, TableDraft
from budget_model.intake.sheet.columns import Column
from budget_model.problem import Location


def money(draft: TableDraft, column: Column, rows: Sequence[int]) -> Decimal:
    """What a column comes to over some body rows, in whole currency units."""
    if not rows:
        return Decimal(0)
    figures = draft.figures[column.index]
    return figures.decimal(int(figures.whole[np.array(rows)].sum())) * draft.unit_of(column).factor


def adds_up(draft: TableDraft, column: Column) -> bool:
    """Whether the figures of a column add up down the table: not those of balances, nor of a variance for better or worse."""
    relation = draft.across.relations.get(column.index)
    return column.role in OF_FIGURES and (relation is None or relation.kind not in (EITHER_WAY, RUNNING))


def headed(column: Column) -> str:
    """A column by its header, or its letter."""
    return column.name or f"column {column.letter}"


def place(draft: TableDraft, row: int | None = None, column: str | None = None) -> Location:
    """Where something stands that an officer should look at; rows are the body's."""
    at = None if row is None else draft.body.start + row + 1
    return Location(draft.file, draft.sheet or None, at, column)


def lines(number: int) -> str:
    """Some lines, counted.

    >>> lines(1), lines(3)
    ('1 line', '3 lines')
    """
    return f"{number} line{'s' if number != 1 else ''}"
