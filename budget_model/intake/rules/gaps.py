"""What is missing under a printed total that disagrees: the cells that hold no amount, though one is counted.

A total at the foot that speaks of all lines is held against all of them, also where its figure is by chance, or by
mistake, that of the last lines alone. A cell with an error, a mark or nothing in it parts a block of lines, so that
the total below seems to cover only the lines after it. Where the total comes nearer to all lines since the total before, it covers those;
what is left of the difference is what the cells without an amount would hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.side_words import is_a_bare_total

MOST_NAMED: Final = count("gaps", "most_named")
MOST_BLANK: Final = count("gaps", "most_blank")


@dataclass(frozen=True, slots=True)
class Covered:
    """The body rows whose amounts a total counts, and those that hold none in its column."""

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    gaps: tuple[int, ...] = ()


def covered(draft: TableDraft, total: int, column: Column) -> Covered:
    """What a total covers in one column; `total` is a row of the body."""
    plus, minus = lines_below(draft.rows.totals, draft.rows.totals[total])
    usual = Covered(tuple(plus), tuple(minus))
    if everything := _all_above(draft, total, usual):
        return Covered(everything, (), _without_amount(draft, column, range(total)))
    if minus or not plus or _difference(draft, column, total, plus) == 0:
        return usual
    first = max((row for row in draft.rows.totals if row < min(plus)), default=-1) + 1
    gaps = _without_amount(draft, column, range(first, total))
    if not gaps:
        return usual
    wider = (first + np.flatnonzero(draft.rows.roles[first:total] == int(RowRole.LINE))).tolist()
    if set(wider) < set(plus):
        return usual
    if abs(_difference(draft, column, total, wider)) > abs(_difference(draft, column, total, plus)):
        return usual
    return Covered(tuple(wider), (), gaps)


def _all_above(draft: TableDraft, total: int, usual: Covered) -> tuple[int, ...]:
    """Every line above the one total at the foot that speaks of all, where its figure is that of the last lines alone.

    Nothing where a heading parts the lines, another total stands beside it, or the lines are of two sides: then it may
    well be the total of a part.
    """
    rows = draft.rows
    lines = np.flatnonzero(rows.roles == int(RowRole.LINE)).tolist()
    if draft.splits is not None or draft.continues or usual.minus or not is_a_bare_total(rows.labels[total]):
        return ()
    if set(lines) <= set(usual.plus) or max(lines) > total or _is_parted(draft, total, lines):
        return ()
    return tuple(lines)


def _is_parted(draft: TableDraft, total: int, lines: Sequence[int]) -> bool:
    """Whether a heading above a total, another total beside it or lines of two sides make it a part's."""
    if (draft.rows.roles[:total] == int(RowRole.HEADING)).any():
        return True
    under = _totals_under(draft, total)
    beside = any(other != total and other not in under for other in draft.rows.totals)
    return beside or len(np.unique(draft.sides.of_row[lines])) != 1


def _totals_under(draft: TableDraft, total: int) -> set[int]:
    """The totals that a total adds up, however deep."""
    under: set[int] = set()
    waiting = [total]
    while waiting:
        parts = draft.rows.totals[waiting.pop()]
        inner = {part for part in (*parts.plus, *parts.minus) if part in draft.rows.totals} - under
        under |= inner
        waiting += inner
    return under


def said_of_gaps(draft: TableDraft, column: Column, gaps: Sequence[int]) -> str:
    """The cells without an amount, in words: 'C6 (#REF!)' or 'C5 and C7 (blank)'; empty where there are none."""
    if not gaps:
        return ""
    named = [_named(draft, column, row) for row in gaps[:MOST_NAMED]]
    more = f" and {len(gaps) - MOST_NAMED} more" if len(gaps) > MOST_NAMED else ""
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])}{',' if more else ' and'} {named[-1]}"
    return f"{listed}{more} would hold{' together' if len(gaps) > 1 else ''}"


def _named(draft: TableDraft, column: Column, row: int) -> str:
    sheet_row = draft.body.start + row
    if text := draft.cells.text(sheet_row, column.index):
        return f"{column.letter}{sheet_row + 1} ('{text[:30]}')"
    empty = draft.cells.kinds[sheet_row, column.index] == CellKind.EMPTY
    return f"{column.letter}{sheet_row + 1} ({'blank' if empty else 'no amount'})"


def _difference(draft: TableDraft, column: Column, total: int, rows: Sequence[int]) -> Decimal:
    figures = draft.figures[column.index]
    covered_sum = int(figures.whole[np.array(rows, np.int64)].sum()) if len(rows) else 0
    return figures.decimal(int(figures.whole[total]) - covered_sum)


def _without_amount(draft: TableDraft, column: Column, rows: range) -> tuple[int, ...]:
    """The rows among some that are worded as lines are and hold no amount in a column."""
    kinds, start = draft.cells.kinds, draft.body.start
    described = [column.index for column in draft.columns if column.role in (Role.WORDS, Role.CODE)]
    here = kinds[start + rows.start : start + rows.stop]
    said = (here[:, described] != int(CellKind.EMPTY)).sum(axis=1)
    of_lines = draft.rows.roles[rows.start : rows.stop] == int(RowRole.LINE)
    usual = int(said[of_lines].min(initial=len(described))) if of_lines.any() else 0
    empty = here[:, column.index] == int(CellKind.EMPTY)
    without = ~draft.filled(column.index)[rows.start : rows.stop] & (~empty | (said >= usual))
    missing: list[int] = []
    blank: list[int] = []
    for i in np.flatnonzero(without).tolist():
        row = rows.start + i
        if draft.rows.labels[row] and row not in draft.rows.totals:
            (blank if empty[i] else missing).append(row)
    if missing or (usual < 2 and len(blank) > MOST_BLANK):
        return tuple(missing)
    return tuple(blank)
