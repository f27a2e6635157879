"""What a table proves about itself: each printed total beside the lines it covers, and what disagrees."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.across import EITHER_WAY, PROVED, RUNNING
from budget_model.intake.rules.draft import OF_FIGURES, TableDraft
from budget_model.intake.rules.gaps import covered, said_of_gaps
from budget_model.intake.rules.hidden import unseen
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.rules.verdict import Total
from budget_model.intake.rules.without_amount import cells_without_amount, marked_amounts
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.table import Check
from budget_model.problem import Location, Problem, Severity

FEWEST_BLOCKS: Final = count("checks", "fewest_blocks")
FEWEST_UNREAD: Final = count("checks", "fewest_unread")
MOSTLY_UNREAD: Final = limit("checks", "mostly_unread")

GAP_UNDER_TOTAL = "gap-under-total"
"""The code of a problem: a printed total counts what cells without an amount would hold."""
MOST: Final = count("checks", "most")


def checks_of(draft: TableDraft) -> tuple[Check, ...]:
    """Every printed total of rows and of columns beside what its detail comes to, in whole currency units."""
    found = [*_of_rows(draft), *_of_blocks(draft), *_of_columns(draft)]
    if len(found) > MOST:
        off = [check for check in found if check.difference]
        found = [*off[:MOST], *(check for check in found if not check.difference)][:MOST]
    return tuple(found)


def _adds_up(draft: TableDraft, column: Column) -> bool:
    """Whether the figures of a column add up down the table: not those of balances, nor of a variance for better or worse."""
    relation = draft.across.relations.get(column.index)
    return column.role in OF_FIGURES and (relation is None or relation.kind not in (EITHER_WAY, RUNNING))


def _of_rows(draft: TableDraft) -> Iterable[Check]:
    for i in sorted(draft.rows.totals):
        for column in draft.columns:
            if not _adds_up(draft, column) or not draft.filled(column.index)[i]:
                continue
            below = covered(draft, i, column)
            yield Check(
                f"{draft.label(i)}: {column.name or 'column ' + column.letter} (cell {column.letter}{draft.body.start + i + 1})",
                money(draft, column, [i]),
                money(draft, column, below.plus) - money(draft, column, below.minus),
            )


def _of_blocks(draft: TableDraft) -> Iterable[Check]:
    """A total that comes again in every block, added up over all blocks."""
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    for i in draft.rows.totals:
        if draft.rows.labels[i]:
            by_label[draft.rows.labels[i]].append(i)
    for label, rows in by_label.items():
        if len(rows) < FEWEST_BLOCKS or draft.splits is not None:
            continue
        below = [lines_below(draft.rows.totals, draft.rows.totals[i]) for i in rows]
        plus = [k for one, _ in below for k in one]
        minus = [k for _, one in below for k in one]
        for column in draft.columns:
            if _adds_up(draft, column) and draft.filled(column.index)[rows].any():
                yield Check(
                    f"{label}, all {len(rows)} times together: {column.name or 'column ' + column.letter}",
                    money(draft, column, rows),
                    money(draft, column, plus) - money(draft, column, minus),
                )


def _of_columns(draft: TableDraft) -> Iterable[Check]:
    """A total across: the whole column beside the columns it covers, over the lines."""
    by_index = {column.index: column for column in draft.columns}
    for relation in draft.across.relations.values():
        if relation.kind not in PROVED or relation.column not in draft.figures:
            continue
        column = by_index[relation.column]
        if any(index not in draft.figures for index in (*relation.plus, *relation.minus)):
            continue
        lines = draft.lines.tolist()
        plus = sum((money(draft, by_index[i], lines) for i in relation.plus), Decimal(0))
        minus = sum((money(draft, by_index[i], lines) for i in relation.minus), Decimal(0))
        if column.index in draft.alone:
            plus += money(draft, column, np.flatnonzero(draft.alone[column.index]).tolist())
        yield Check(
            f"{column.name or 'column ' + column.letter} across, all lines (column {column.letter})",
            money(draft, column, lines),
            plus - minus,
        )


def money(draft: TableDraft, column: Column, rows: Sequence[int]) -> Decimal:
    """What a column comes to over some body rows, in whole currency units."""
    if not rows:
        return Decimal(0)
    figures = draft.figures[column.index]
    return figures.decimal(int(figures.whole[np.array(rows)].sum())) * draft.unit_of(column).factor


def why(draft: TableDraft, total: Total) -> str:
    """Why a row is a total, in words."""

    def named(rows: Sequence[int]) -> str:
        numbers = sorted(draft.body.start + i + 1 for i in rows)
        if len(numbers) == 1:
            return f"row {numbers[0]}"
        if numbers[-1] - numbers[0] + 1 == len(numbers):
            return f"rows {numbers[0]} to {numbers[-1]}"
        return f"{len(numbers)} rows between {numbers[0]} and {numbers[-1]}"

    parts = named(total.plus)
    return str(total.why.of(f"{parts} less {named(total.minus)}" if total.minus else parts))


def problems_of(draft: TableDraft) -> list[Problem]:
    """What the officer should know before the table is loaded."""
    return [
        *draft.problems,
        *draft.mended.problems,
        *_disagreeing(draft),
        *_doubtful(draft),
        *cells_without_amount(draft),
        *marked_amounts(draft),
        *unseen(draft),
        *_off_across(draft),
        *_unread(draft),
        *_unsure_sides(draft),
        *_of_no_part(draft),
    ]


def _place(draft: TableDraft, row: int | None = None, column: str | None = None) -> Location:
    return Location(
        draft.file, draft.sheet or None, None if row is None else draft.body.start + row + 1, column
    )


def _disagreeing(draft: TableDraft) -> Iterable[Problem]:
    for i in sorted(draft.rows.totals):
        off = [found for column in draft.columns if (found := _off(draft, i, column)) is not None]
        if off:
            yield _said_of_total(draft, i, off)


@dataclass(frozen=True, slots=True)
class _Off:
    """One column in which a printed total is not what its lines come to, in whole currency units."""

    column: Column
    printed: Decimal
    computed: Decimal
    gaps: tuple[int, ...]


def _off(draft: TableDraft, i: int, column: Column) -> _Off | None:
    if not _adds_up(draft, column) or not draft.filled(column.index)[i]:
        return None
    below = covered(draft, i, column)
    printed = money(draft, column, [i])
    computed = money(draft, column, below.plus) - money(draft, column, below.minus)
    factor = draft.unit_of(column).factor
    to_the_penny = draft.figures[column.index].places == 2 and factor == 1
    slack = Decimal(0) if to_the_penny else factor * (len(below.plus) + len(below.minus) + 1) / Decimal(2)
    return _Off(column, printed, computed, below.gaps) if abs(printed - computed) > slack else None


def _said_of_total(draft: TableDraft, i: int, off: Sequence[_Off]) -> Problem:
    first = off[0]
    others = len(off) - 1
    more = f", and in {others} more column{'s' if others > 1 else ''}" if others else ""
    difference = first.printed - first.computed
    sums = f"'{draft.label(i)}' is printed as {first.printed:,f} but the lines it covers come to {first.computed:,f}"
    where = _place(draft, i, first.column.letter)
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


def _doubtful(draft: TableDraft) -> Iterable[Problem]:
    for i, doubt in sorted(draft.rows.doubts.items()):
        yield Problem(
            _place(draft, i),
            f"'{draft.label(i)}' is counted as a {'line' if draft.rows.roles[i] == RowRole.LINE else 'total'}, but {doubt}.",
            "Answer the question whether it is a total or a line.",
            Severity.WARNING,
            "perhaps-a-total",
        )


def _unsure_sides(draft: TableDraft) -> Iterable[Problem]:
    if unsure := draft.sides.doubt(Reason.SECOND_TAKEN_FOR_INCOME):
        yield Problem(
            _place(draft),
            f"{unsure.because}.",
            "Check which lines are income, and head them 'Income' and 'Expenditure' if they are not.",
            Severity.WARNING,
            "unsure-sides",
        )


def _of_no_part(draft: TableDraft) -> Iterable[Problem]:
    """Lines that say no year or phase where the others are parted by it: they belong to none of the parts."""
    if draft.splits is None:
        return
    amounts = [column.index for column in draft.amounts()]
    lost = [
        int(i)
        for i in draft.lines[draft.splits.of_row[draft.lines] < 0]
        if any(draft.figures[index].whole[i] for index in amounts)
    ]
    if lost:
        yield Problem(
            _place(draft, lost[0]),
            f"{len(lost)} line{'s' if len(lost) > 1 else ''} with amounts, the first here, "
            f"{'say' if len(lost) > 1 else 'says'} none of {', '.join(draft.splits.names[:4])}, and "
            f"{'are' if len(lost) > 1 else 'is'} not loaded.",
            "Fill in the year or phase if they are lines of the budget.",
            Severity.WARNING,
            "line-of-no-part",
        )


_PERHAPS_FIGURE = re.compile(
    r"\W*(?:[A-Za-z]{1,3}\.?\s?)?[1-9]\d{0,2}(?:[.,'’´`\s]\d{2,3})+(?:[.,]\d{1,2})?[\s\W]*(?:[A-Za-z]{1,3}\.?)?"
)


def _unread(draft: TableDraft) -> Iterable[Problem]:
    """Columns of words most of which look like figures in a spelling that is not known."""
    body = draft.body
    for column in draft.columns:
        if column.role is not Role.WORDS or words.CODE.search(column.name):
            continue
        texts = [t for t in draft.cells.coded(column.index).over(range(body.start, body.stop)[:2000]) if t]
        found = [text for text in texts if _PERHAPS_FIGURE.fullmatch(text)]
        if len(found) >= FEWEST_UNREAD and len(found) >= MOSTLY_UNREAD * len(texts):
            yield Problem(
                _place(draft, None, column.letter),
                f"{len(found)} cells of column {column.letter} look like figures but could not be read as such, "
                f"first '{found[0][:30]}'; they are not loaded.",
                "Write them as numbers if they are amounts.",
                Severity.WARNING,
                "unread-figures",
            )


def _off_across(draft: TableDraft) -> Iterable[Problem]:
    by_index = {column.index: column for column in draft.columns}
    for relation in draft.across.relations.values():
        if relation.kind == "sum" and relation.off:
            column = by_index[relation.column]
            alone = draft.alone.get(relation.column)
            lines = [
                i
                for i in relation.off
                if draft.rows.roles[i] == RowRole.LINE and (alone is None or not alone[i])
            ]
            if alone is not None:
                many = int(alone.sum())
                yield Problem(
                    _place(draft, int(np.flatnonzero(alone)[0]), column.letter),
                    f"'{column.name}' stands alone on {many} line{'s' if many > 1 else ''}, first on this one: the columns that it "
                    "adds up are blank there. On such lines the total is loaded, on the others the columns are.",
                    "Fill in the columns if it is known whose money it is.",
                    Severity.WARNING,
                    "only-a-total",
                )
            if lines and column.role is Role.TOTAL:
                yield Problem(
                    _place(draft, lines[0], column.letter),
                    f"'{column.name}' disagrees with the columns it covers on {len(lines)} "
                    f"line{'s' if len(lines) > 1 else ''}, first on this one.",
                    "The columns it covers are loaded, not the total.",
                    Severity.WARNING,
                    "total-across-disagrees",
                )
