"""The side that words name: those of a line, of a heading, of a column's header or of a cell."""

import re
from collections.abc import Iterable
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column, innermost
from budget_model.intake.sheet.roles import Direction
from budget_model.intake.sheet.side_words import Said, said_by_cell, said_by_heading

LONGEST_SIDE: Final = count("sides", "longest_side")
REVENUE_ALONE = words.hints("sides.revenue_beside_capital")
_SHORT_INCOME = words.hints("sides.short_income")
_SHORT_EXPENDITURE = words.hints("sides.short_expenditure")
_SAID = {Said.INCOME: Direction.INCOME, Said.EXPENDITURE: Direction.EXPENDITURE}
_HEADING = re.compile(
    r"^\W*(?:[a-z]\W\s*)?(?:total |gross |less:? |other |operating )*(?P<income>income|revenues?|receipts|funding|financed by|funded by|met (?:by|from)|(?:sources of )?financing|(?:funding )?sources|sources of (?:funds?|funding|finance)|allocations?|resources available|ertr(?:ä|ae)ge|ingresos)"
    r"(?: (?:budget|sources?|and grants))?\W*$|^\W*(?:[a-z]\W\s*)?(?:total |gross |net |operating )*(?P<expenditure>expenditures?|spending|expenses|costs|payments|aufwendungen|gastos|uses of funds?)(?: budget)?\W*$",
    re.IGNORECASE,
)
_SPENT_IN_A_CELL = re.compile(
    r"(?:dr|debit|exp(?:enditure|enses?|\.)?|gastos?|e|aufwand|spend)\W*", re.IGNORECASE
)
_INCOME_IN_A_CELL = re.compile(
    r"(?:cr|credit|inc(?:ome|\.)?|rev(?:enues?|\.)?|ingresos?|i|ertrag|receipts?)\W*", re.IGNORECASE
)


def side_of(text: str) -> Direction:
    """The side that words name, if they name only one.

    >>> [side_of(text).name for text in ("Fees and charges income", "Running expenses", "Net revenue expenditure")]
    ['INCOME', 'EXPENDITURE', 'EXPENDITURE']
    """
    return _only(income=words.INCOME.search(text), expenditure=words.EXPENDITURE.search(text))


def first_side(texts: Iterable[str]) -> Direction:
    """The side that the first of several texts names, of those that name one."""
    return next((side for text in texts if (side := side_of(text))), Direction.UNKNOWN)


def side_of_heading(text: str) -> Direction:
    """The side that a heading of a part of the table names.

    >>> side_of_heading("A. Sources of funds").name, side_of_heading("Libraries").name
    ('INCOME', 'UNKNOWN')
    """
    match = _HEADING.match(text)
    if match is None:
        return _side_said(said_by_heading(text))
    return Direction.INCOME if match["income"] else Direction.EXPENDITURE


def side_of_header(column: Column) -> Direction:
    """The side that a header names, in full or as it is shortened above narrow columns: 'Gross inc', 'Debit'."""
    last = innermost(column.parts)
    side = side_of(last) or side_of(column.name)
    if side or words.NET.search(last):
        return side
    short = _only(income=_SHORT_INCOME.search(last), expenditure=_SHORT_EXPENDITURE.search(last))
    return _side_said(said_by_cell(last)) or short


def side_of_cell(text: str) -> Direction:
    """The side that a cell names that says nothing else: 'Dr', 'Income', 'Ertrag'."""
    if _SPENT_IN_A_CELL.fullmatch(text.strip()):
        return Direction.EXPENDITURE
    if _INCOME_IN_A_CELL.fullmatch(text.strip()):
        return Direction.INCOME
    if len(text) > LONGEST_SIDE:
        return Direction.UNKNOWN
    return side_of(text) or _side_said(said_by_cell(text))


def other_side(side: Direction) -> Direction:
    """The opposite of a side; of none it is none."""
    opposite = {Direction.INCOME: Direction.EXPENDITURE, Direction.EXPENDITURE: Direction.INCOME}
    return opposite.get(side, Direction.UNKNOWN)


def _side_said(said: Said | None) -> Direction:
    return _SAID.get(said, Direction.UNKNOWN) if said else Direction.UNKNOWN


def _only(*, income: object, expenditure: object) -> Direction:
    """The side for which something speaks, where nothing speaks for the other."""
    if bool(income) == bool(expenditure):
        return Direction.UNKNOWN
    return Direction.INCOME if income else Direction.EXPENDITURE
