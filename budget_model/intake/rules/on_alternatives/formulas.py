"""Formulas without a result still say which columns they add up."""

import re
from collections import Counter
from typing import Final

from budget_model.intake.files.grid import column_index, column_name
from budget_model.intake.files.reading_limits import limit
from budget_model.intake.rules.alternative import Alternative, Grouping
from budget_model.intake.rules.draft import TableDraft

FORMULAS_HOLD: Final = limit("alternatives", "formulas_hold")

_ONE_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_SUM_OF_CELLS = re.compile(
    rf"=\(?(?:{_ONE_CELL}(?:\+{_ONE_CELL})+|SUM\({_ONE_CELL}(?:[:,]{_ONE_CELL})+\))\)?", re.IGNORECASE
)
_CELL = re.compile(r"(?P<range>:)?\$?(?P<letter>[A-Z]{1,3})\$?(?P<row>\d+)", re.IGNORECASE)


def added_by_formulas(draft: TableDraft) -> dict[int, Alternative]:
    """The columns that formulas without a result add up on the same row, on most lines."""
    written = draft.cells.sheet.facts.uncalculated
    if not written:
        return {}
    lines = set((draft.lines + draft.body.start).tolist())
    seen: Counter[tuple[int, frozenset[int]]] = Counter()
    for (row, column), formula in written.items():
        members = _columns_added(formula.replace(" ", ""), row) if row in lines else frozenset()
        if len(members) >= 2 and column not in members:
            seen[column, members] += 1
    for (column, members), times in seen.most_common(1):
        if times >= FORMULAS_HOLD * len(lines):
            return dict.fromkeys(members, Alternative(_called(draft, column), Grouping.TOTAL, column))
    return {}


def _called(draft: TableDraft, index: int) -> str:
    named = next((column.name for column in draft.columns if column.index == index), "")
    return named or f"column {column_name(index)}"


def _columns_added(formula: str, row: int) -> frozenset[int]:
    """The columns of the cells of one row that a formula adds up, if it does nothing else.

    >>> sorted(_columns_added("=B2+C2", 1)), sorted(_columns_added("=SUM(B2:D2)", 1)), sorted(_columns_added("=B2-C2", 1))
    ([1, 2], [1, 2, 3], [])
    """
    if not _SUM_OF_CELLS.fullmatch(formula):
        return frozenset()
    found: list[int] = []
    for match in _CELL.finditer(formula):
        if int(match["row"]) != row + 1:
            return frozenset()
        index = column_index(match["letter"].upper())
        found += range(found[-1] + 1, index + 1) if match["range"] and found else [index]
    return frozenset(found)
