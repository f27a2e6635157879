"""The words of each line: of the columns that describe it, and of the headings above it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Coded, present
from budget_model.intake.files.packed import pack
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.string_words import string_named
from budget_model.intake.sheet.table import Words

HEADINGS_ABOVE: Final = count("wording", "headings_above")

MOST_HEADINGS: Final = count("finish", "most_headings")
BLANK_BELOW: Final = limit("finish", "blank_below")
BLANK_LABELS: Final = limit("finish", "blank_labels")
LABELLED_FURTHER_RIGHT: Final = limit("finish", "labelled_further_right")
_TELLING: Final = (Role.WORDS, Role.CODE, Role.DATE, Role.YEAR)
Headings = tuple[NDArray[np.int32], tuple[tuple[str, ...], ...]]
"""For each line the place of the headings above it, and the headings of each place, outermost first."""


def wordings_of(draft: TableDraft) -> tuple[Words, ...]:
    """The words of every column that says what a line is, or what is tied to its money."""
    return tuple(_wording(draft, column) for column in draft.columns if _tells(column))


def _tells(column: Column) -> bool:
    """Whether a column describes lines; one of rates may say how much match a grant needs."""
    return column.role in _TELLING or (column.role is Role.RATE and bool(string_named(column.name)))


def _wording(draft: TableDraft, column: Column) -> Words:
    """The words of one column on every line.

    A blank below a filled cell means the same again where only the first of several lines is labelled.
    """
    coded = draft.cells.coded(column.index)
    codes = coded.codes[draft.lines + draft.body.start]
    if _labels_the_first_only(draft, column, codes):
        codes, texts = _carried_down(draft, coded)
    else:
        used = present(codes)
        place = np.zeros(len(coded.texts), np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        codes, texts = place[codes], tuple(coded.texts[code] for code in used)
    return Words(column.letter, column.name, str(column.role), pack(codes), texts)


def _labels_the_first_only(draft: TableDraft, column: Column, codes: NDArray[np.int32]) -> bool:
    """Whether blanks in a column mean 'same as above': another column to its right labels those lines."""
    blank = codes == 0
    share = blank.mean() if len(codes) else 0.0
    if column.role is not Role.WORDS or string_named(column.name):
        return False
    if not max(BLANK_BELOW, BLANK_LABELS) <= share < 1:
        return False
    rows = draft.body.start + draft.lines[blank]
    kinds = draft.cells.kinds
    return any(
        (kinds[rows, j] == CellKind.TEXT).mean() >= LABELLED_FURTHER_RIGHT for j in _right_of(draft, column)
    )


def _right_of(draft: TableDraft, column: Column) -> list[int]:
    """The columns of words between one of them and the amounts."""
    first_amount = next((amount.index for amount in draft.amounts()), draft.cells.width)
    words = (other.index for other in draft.columns if other.role is Role.WORDS)
    return [j for j in words if column.index < j < first_amount]


def _carried_down(draft: TableDraft, coded: Coded) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """The texts of a column on every line, blanks filled from the line or heading above."""
    body = slice(draft.body.start, draft.body.stop)
    codes, roles = coded.codes[body], draft.rows.roles
    says = (codes != 0) & ((roles == RowRole.LINE) | (roles == RowRole.HEADING))
    last = np.maximum.accumulate(np.where(says, np.arange(len(codes)), -1))
    carried = np.where(last >= 0, codes[last], 0)[draft.lines]
    index: dict[str, int] = {}
    places = [index.setdefault(coded.texts[code] if code else "", len(index)) for code in carried.tolist()]
    return np.array(places, np.int32), tuple(index)


def headings_of(draft: TableDraft) -> Headings:
    """The headings above each line.

    Headings that follow each other are nested, and a total above its detail heads it too.
    """
    rows = draft.rows
    over = _totals_above(draft)
    if not over and not (rows.roles == RowRole.HEADING).any():
        return np.zeros(len(draft.lines), np.int32), ((),)
    paths: dict[tuple[str, ...], int] = {(): 0}
    above = np.zeros(len(rows.roles), np.int32)
    current: list[str] = []
    before = RowRole.BLANK
    for i, role in enumerate(rows.roles):
        if role == RowRole.HEADING:
            text = draft.cells.first_text(draft.body.start + i, draft.region.left, draft.region.right)
            current = [*current, text] if before is RowRole.HEADING else [text]
            before = RowRole.HEADING
        elif role in (RowRole.LINE, RowRole.TOTAL):
            before = RowRole.LINE
        if role == RowRole.LINE:
            parents = (rows.labels[parent] for parent in _parents(over, i))
            above[i] = paths.setdefault((*current[-HEADINGS_ABOVE:], *parents), len(paths))
    return above[draft.lines], tuple(paths)


def _totals_above(draft: TableDraft) -> dict[int, int]:
    """For each row the total that stands above it and adds it up."""
    over: dict[int, int] = {}
    for i, total in draft.rows.totals.items():
        if total.plus and min(total.plus) > i:
            over.update(dict.fromkeys(total.plus, i))
    return over


def _parents(over: dict[int, int], row: int) -> Sequence[int]:
    """The totals above a row, outermost first."""
    parents: list[int] = []
    while row in over and len(parents) < MOST_HEADINGS:
        row = over[row]
        parents.insert(0, row)
    return parents
