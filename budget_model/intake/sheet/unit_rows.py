"""A column that says the unit or the currency of each row: £m on one, £k on the next, GBP here and EUR there.

Figures of rows with different units are taken to one unit before anything is added up; what stands in the file is
kept as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from budget_model.intake.files.amounts import says_its_scale
from budget_model.intake.files.cells import CellKind, Cells, Mask, present
from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.columns import Column, amounts_of
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.unit_found import UnitFound
from budget_model.intake.sheet.units import Unit, currencies_in, short_form, unit_in

LONGEST_CODE: Final = count("unit_rows", "longest_code")
MOST_DIFFERENT: Final = count("unit_rows", "most_different")
LONGEST: Final = count("unit_rows", "longest")
LONGEST_HEADING: Final = count("unit_rows", "longest_heading")
_ONES = frozenset(
    {
        "units",
        "unit",
        "ones",
        "one",
        "actual",
        "full",
        "x1",
        "x 1",
        "absolute",
        "in full",
        "einheit",
        "unités",
        "unidades",
    }
)


@dataclass(frozen=True, slots=True)
class UnitRows:
    """The column that says the unit of each body row."""

    column: int
    units: tuple[Unit | None, ...]
    """For each body row; None where it says nothing."""

    @property
    def factors(self) -> frozenset[int]:
        """The different factors."""
        return frozenset(unit.factor for unit in self.units if unit)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The different currencies, in their order."""
        return tuple(dict.fromkeys(unit.currency for unit in self.units if unit and unit.currency))


@lru_cache(maxsize=1024)
def unit_of_row(text: str) -> Unit | None:
    """The unit that a cell by itself names.

    >>> unit_of_row("£m"), unit_of_row("EUR"), unit_of_row("thousand"), unit_of_row("Adult care")
    (Unit(currency='GBP', factor=1000000), Unit(currency='EUR', factor=1), Unit(currency=None, factor=1000), None)
    """
    if not text or len(text) > LONGEST:
        return None
    if text.lower().strip("() ") in _ONES:
        return Unit(None, 1)
    unit = unit_in(text)
    if unit is not None:
        return unit
    named = currencies_in(text)
    if len(named) == 1 and (len(text) <= LONGEST_CODE or text.lower().strip() in _names_of(named[0])):
        return Unit(named[0], 1)
    return None


_HEADED = re.compile(
    r"\b(?:units?|scale|multiplier|currency|ccy|einheit|währung|unité|devise|unidad|moneda|unità|valuta|eenheid|jednostka|waluta|jednotka|měna|ед|валюта)\b|£",
    re.IGNORECASE,
)


def _unit(text: str, headed: bool) -> Unit | None:
    """The unit that a cell names; under a header that speaks of units a short form counts too."""
    unit = unit_of_row(text)
    if unit is None and headed and (factor := short_form(text)):
        return Unit(None, factor)
    return unit


def _names_of(code: str) -> frozenset[str]:
    from budget_model.intake.files.amounts import currencies

    return frozenset(word.lower() for word in currencies()[code].get("words", ()))


def unit_rows(cells: Cells, region: Region, columns: Sequence[Column]) -> UnitRows | None:
    """The column of units beside the amounts, if there is one."""
    body = region.body
    amounts = amounts_of(columns)
    if not amounts:
        return None
    figured = np.asarray((cells.kinds[body.start : body.stop][:, amounts] == CellKind.NUMBER).any(axis=1))
    described = (column for column in columns if column.role in (Role.WORDS, Role.CODE))
    return next(filter(None, (_units_said(cells, body, column, figured) for column in described)), None)


def _units_said(cells: Cells, body: range, column: Column, figured: Mask) -> UnitRows | None:
    """The unit of each row by one column, if it says one on every row of figures."""
    coded = cells.coded(column.index)
    codes = coded.codes[body.start : body.stop]
    headed = bool(_HEADED.search(column.said))
    beside = present(codes[figured])
    if len(beside) > MOST_DIFFERENT + 1:
        return None
    said = [text for code in beside.tolist() if (text := coded.texts[code])]
    if not 0 < len(said) <= MOST_DIFFERENT or any(_unit(text, headed) is None for text in said):
        return None
    units = {code: _unit(coded.texts[code], headed) for code in present(codes).tolist()}
    return UnitRows(column.index, tuple(units[code] for code in codes.tolist()))


def taken_to_one_unit(cells: Cells, region: Region, columns: Sequence[Column]) -> UnitFound | None:
    """The unit that a column of units states; figures of rows with larger units are multiplied."""
    rows = unit_rows(cells, region, columns) or _units_by_heading(cells, region, columns)
    if rows is None:
        return None
    letter = column_name(rows.column)
    currency = rows.currencies[0] if len(rows.currencies) == 1 else None
    factors = rows.factors
    if len(factors) == 1:
        factor = next(iter(factors))
        unit_found = UnitFound(Unit(currency, factor), UnitSource.COLUMN, letter)
        return unit_found if factor != 1 or currency else None
    by = np.array([unit.factor if unit else 1 for unit in rows.units], float)
    for column in columns:
        if column.role in (Role.AMOUNT, Role.TOTAL):
            cells.numbers[region.body.start : region.body.stop, column.index] *= by
            column.unit = None
    return UnitFound(Unit(currency, 1), UnitSource.COLUMN, letter)


def _units_by_heading(cells: Cells, region: Region, columns: Sequence[Column]) -> UnitRows | None:
    """The unit of each row by the heading above it, where headings say different ones: 'Revenue (£000)', 'Capital (£m)'."""
    amounts = amounts_of(columns)
    described = [column.index for column in columns if column.role in (Role.WORDS, Role.CODE)]
    if not amounts or not described:
        return None
    units: list[Unit | None] = []
    above = _alone_in_the_header(cells, region, described[0])
    for row in region.body:
        figured = bool((cells.kinds[row][amounts] == CellKind.NUMBER).any())
        text = "" if figured else cells.text(row, described[0])
        said = unit_in(text) or unit_of_row(text) if 0 < len(text) <= LONGEST_HEADING else None
        before = units[-1] if units else above
        if figured and not before:
            return None
        units.append(said or before)
    return UnitRows(described[0], tuple(units)) if len({unit.factor for unit in units if unit}) > 1 else None


def _alone_in_the_header(cells: Cells, region: Region, column: int) -> Unit | None:
    """The unit that stands by itself below the names of the columns, over the labels, as a heading of the lines does."""
    last = max(region.headers, default=-1)
    alone = last >= 0 and (cells.kinds[last] != CellKind.EMPTY).sum() == 1
    return unit_in(cells.text(last, column)) if alone else None


def in_units_of_their_column(
    cells: Cells, region: Region, columns: Sequence[Column], unit: Unit | None
) -> None:
    """Take '£450k' under a header that says £m to £m, since it says its own thousands."""
    rows = slice(region.body.start, region.body.stop)
    for column in columns:
        factor = (column.unit or unit or Unit(None, 1)).factor
        if factor == 1 or column.role not in (Role.AMOUNT, Role.TOTAL):
            continue
        for i in np.flatnonzero(cells.kinds[rows, column.index] == CellKind.NUMBER).tolist():
            value = cells.value(region.body.start + i, column.index)
            if isinstance(value, str) and not value[-1:].isdigit() and says_its_scale(value):
                cells.numbers[region.body.start + i, column.index] /= factor
