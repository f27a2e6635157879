"""Cells of a column of amounts that give none, each named; and the marks that stood beside amounts that were read.

A row may say 'see note 4', '#####' or 'up to 50,000' where its amount is due. Nothing is loaded for it, and the
officer is told which cell it is and what it says. An amount with a mark is loaded, and the marks are told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.amounts import read_text
from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.grid import column_name
from budget_model.intake.files.marks import SENTENCES, Missing, words
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import OF_FIGURES, TableDraft
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.units import unit_in
from budget_model.intake.sheet.years import year_of
from budget_model.problem import Location, Problem, Severity

LONGEST_REMARK: Final = count("without_amount", "longest_remark")
MOST_NAMED: Final = count("without_amount", "most_named")
WORDS = "holds words in place of an amount"
_UNREAD_ROWS = (RowRole.LINE, RowRole.NOTE, RowRole.HEADING)


def cells_without_amount(draft: TableDraft) -> Iterable[Problem]:
    """The cells of columns of amounts that hold a mark or words instead, with their rows' labels."""
    named: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for column in draft.columns:
        if column.role in (Role.AMOUNT, Role.TOTAL):
            for row in _rows_without_amount(draft, column):
                named[_reason(draft.cells.text(row, column.index))].append((row, column.index))
    for reason, cells in named.items():
        yield _named(draft, reason, sorted(cells))


def _named(draft: TableDraft, reason: str, cells: Sequence[tuple[int, int]]) -> Problem:
    listed = ", ".join(
        f"{column_name(j)}{row + 1} '{draft.cells.text(row, j)[:40]}' ({draft.label(row - draft.body.start)[:60]})"
        for row, j in cells[:MOST_NAMED]
    )
    more = f" and {len(cells) - MOST_NAMED} more" if len(cells) > MOST_NAMED else ""
    first = cells[0]
    return Problem(
        Location(draft.file, draft.sheet or None, first[0] + 1, column_name(first[1])),
        f"{'One cell' if len(cells) == 1 else f'Each of {len(cells)} cells'} {reason}: {listed}{more}. "
        "Nothing is loaded for "
        f"{'it' if len(cells) == 1 else 'them'}.",
        "If a printed total includes an amount there, the lines come to less; type the amount if it is known.",
        Severity.WARNING,
        "no-figure",
    )


def _rows_without_amount(draft: TableDraft, column: Column) -> Iterator[int]:
    body, kinds = draft.body, draft.cells.kinds
    here = kinds[body.start : body.stop, column.index]
    last = np.flatnonzero(draft.rows.roles == RowRole.LINE)
    bottom = int(last[-1]) if len(last) else -1
    while bottom + 1 < len(here) and here[bottom + 1] == CellKind.MISSING:
        bottom += 1
    for i in np.flatnonzero((here == CellKind.MISSING) | (here == CellKind.TEXT)).tolist():
        row = body.start + i
        if draft.rows.roles[i] not in _UNREAD_ROWS or i > bottom + 1 or not draft.rows.labels[i]:
            continue
        if here[i] == CellKind.MISSING or _is_said_of_a_line(draft, row, column.index):
            yield row


def _is_said_of_a_line(draft: TableDraft, row: int, column: int) -> bool:
    """Whether words in a column of amounts stand beside a label: not a heading, a unit, a year or the header again."""
    text = draft.cells.text(row, column)
    if unit_in(text) or year_of(text) or len(text) > LONGEST_REMARK:
        return False
    label = draft.rows.labels[row - draft.body.start]
    headers = {draft.cells.text(header, column).casefold() for header in draft.region.headers}
    return text.casefold() not in headers and label != text


def _reason(text: str) -> str:
    read = read_text(text)
    return (
        SENTENCES[read[0]]
        if isinstance(read, tuple)
        else (SENTENCES[Missing.NOT_GIVEN] if not text else WORDS)
    )


def marked_amounts(draft: TableDraft) -> Iterable[Problem]:
    """The marks beside amounts that were read, told once for each column."""
    body = draft.body
    by_column: defaultdict[int, list[int]] = defaultdict(list)
    figures = {column.index for column in draft.columns if column.role in OF_FIGURES}
    for row, j in draft.cells.notes:
        if j in figures and row in body:
            by_column[j].append(row)
    for j, rows in sorted(by_column.items()):
        rows.sort()
        marks = dict.fromkeys(draft.cells.notes[row, j] for row in rows)
        rough = any(mark in words("approximately") or mark in "~≈∼±" for mark in marks)
        listed = ", ".join(f"'{mark}'" for mark in list(marks)[:6])
        yield Problem(
            Location(draft.file, draft.sheet or None, rows[0] + 1, column_name(j)),
            f"{len(rows)} amount{'s' if len(rows) > 1 else ''} of column {column_name(j)} "
            f"{'carry' if len(rows) > 1 else 'carries'} a mark ({listed}), first {column_name(j)}{rows[0] + 1} "
            f"'{draft.cells.text(rows[0], j)[:40]}'; they were read without it."
            + (" Some are said to be approximate." if rough else ""),
            "Nothing to do, unless a mark means that the amount is not to be counted.",
            Severity.NOTE,
            "marked-amounts",
        )
