"""Which unit the amounts of a table are in, and where that is said.

In order: the officer's answer, the headers, the titles, the words around the table, another sheet, the
number formats, pence in the amounts. What nothing says is guessed from the size of the figures, and asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.exact import median
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.columns import Column, amounts_of
from budget_model.intake.sheet.meta_block import unit_of_block
from budget_model.intake.sheet.pence import to_the_penny, with_places
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.units import Unit, currency_in, unit_in, unit_named

ROWS_WITH_A_UNIT: Final = count("unit_found", "rows_with_a_unit")
CELLS_LOOKED_AT: Final = count("unit_found", "cells_looked_at")
ROWS_OF_TEXTS: Final = count("unit_found", "rows_of_texts")
ROWS_OF_A_COLUMN: Final = count("unit_found", "rows_of_a_column")
FIRST_ROWS: Final = count("unit_found", "first_rows")
LAST_ROWS: Final = count("unit_found", "last_rows")

FEWEST_ROWS_OF_BODIES: Final = count("unit_found", "fewest_rows_of_bodies")
FEWEST_BODIES: Final = count("unit_found", "fewest_bodies")
DIFFERENT_BODIES: Final = limit("unit_found", "different_bodies")
NAMED_AS_BODIES: Final = limit("unit_found", "named_as_bodies")
CODED_AS_BODIES: Final = limit("unit_found", "coded_as_bodies")
LONGEST_LOOKED_UP: Final = count("unit_found", "longest_looked_up")
LONGEST_LABEL: Final = count("unit_found", "longest_label")
WITH_PENCE: Final = limit("unit_found", "with_pence")
WHOLE_PENCE: Final = limit("unit_found", "whole_pence")
WRITTEN_OUT: Final = limit("unit_found", "written_out")
FEWEST_WRITTEN_OUT: Final = count("unit_found", "fewest_written_out")
FEWEST_SIGNS: Final = count("unit_found", "fewest_signs")
MANY_PLACES: Final = limit("unit_found", "many_places")
TYPICAL_IN_MILLIONS: Final = count("unit_found", "typical_in_millions")
LEAST_IN_THOUSANDS: Final = count("unit_found", "least_in_thousands")
MOST_IN_THOUSANDS: Final = count("unit_found", "most_in_thousands")
LONGEST_UNIT: Final = count("unit_found", "longest_unit")
LONGEST_BARE: Final = count("unit_found", "longest_bare")

OPTIONS = (
    "GBP",
    "GBP thousand",
    "GBP million",
    "EUR",
    "EUR thousand",
    "EUR million",
    "USD",
    "USD thousand",
    "USD million",
)


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit and who says so."""

    unit: Unit
    source: UnitSource
    place: str = ""
    """Which cell, row, column or sheet says it, where its source has several."""
    sure: bool = True
    reason: str = ""

    @property
    def said_by(self) -> str:
        """Who says so, as an officer reads it."""
        return self.source.value.format(self.place)


def unit_said(cells: Cells, region: Region) -> UnitFound | None:
    """The unit that the table's own titles and headers state."""
    for row in region.headers:
        unit = _in_row(cells, row)
        if unit and unit.factor != 1:
            return UnitFound(unit, UnitSource.HEADER)
    if block := unit_of_block(cells, region.titles):
        return UnitFound(block, UnitSource.TITLE)
    for row in reversed(region.titles):
        unit = _in_row(cells, row)
        if unit:
            return UnitFound(unit, UnitSource.TITLE)
    for row in region.headers:
        unit = _in_row(cells, row)
        if unit:
            return UnitFound(unit, UnitSource.HEADER)
    return _in_body(cells, region) or _in_sheet_name(cells.sheet.name)


def _in_sheet_name(name: str) -> UnitFound | None:
    """The thousands or millions of a currency that the sheet is called by: 'Budget £000'."""
    unit = unit_in(name)
    return (
        UnitFound(unit, UnitSource.OTHER_SHEET, name) if unit and unit.currency and unit.factor != 1 else None
    )


def _in_row(cells: Cells, row: int) -> Unit | None:
    texts = [text for j in range(cells.width) if (text := cells.text(row, j))]
    units = [unit for text in texts if (unit := unit_in(text))]
    if len({unit.factor for unit in units}) > 1:
        return None
    return units[0] if units else None


def _in_body(cells: Cells, region: Region) -> UnitFound | None:
    """A short cell that is nothing but a unit, or a remark in brackets alone in its row, at the top of the table."""
    body = region.body
    for row in body[:ROWS_WITH_A_UNIT]:
        alone = (cells.kinds[row] != CellKind.EMPTY).sum() == 1
        for j in np.flatnonzero(cells.kinds[row] == CellKind.TEXT):
            text = cells.text(row, int(j))
            remark = alone and len(text) <= LONGEST_BARE and bool(_REMARK.fullmatch(text))
            unit = unit_in(text) if len(text) <= LONGEST_UNIT or remark else None
            if unit:
                return UnitFound(unit, UnitSource.CELL, str(row + 1))
    return None


_REMARK = re.compile(r"\s*[(\[].*[)\]]\s*")


def unit_elsewhere(
    cells: Cells, region: Region, others: Sequence[tuple[str, Unit]], own_sheet: Sequence[Unit]
) -> UnitFound | None:
    """The unit that the rest of the sheet, or one other sheet, states for all."""
    if own_sheet:
        return UnitFound(own_sheet[-1], UnitSource.OTHER_TABLE)
    last = _last_figures(cells, region)
    ends = (
        [*region.body[:FIRST_ROWS], *region.body[-LAST_ROWS:]]
        if len(region.body) > LONGEST_LOOKED_UP
        else region.body
    )
    for row in ends:
        label = next(
            (
                t
                for j in range(region.left, min(region.left + 3, region.right + 1))
                if (t := cells.text(row, j))
            ),
            "",
        )
        says = _SAYS_OF_ALL.search(label) or len(label) <= LONGEST_BARE
        below = row > last and says and not _ROUNDED.search(label)
        if below or (len(label) > LONGEST_LABEL and words.NOTE.search(label)):
            unit = unit_in(label)
            if unit and unit.factor != 1:
                return UnitFound(unit, UnitSource.NOTE, str(row + 1))
    factors = {unit.factor for _, unit in others}
    if len(factors) == 1:
        sheet, unit = others[0]
        return UnitFound(unit, UnitSource.OTHER_SHEET, sheet)
    return None


_SAYS_OF_ALL = words.hints("unit_found.says_of_all")
_ROUNDED = words.hints("unit_found.rounded")


def _last_figures(cells: Cells, region: Region) -> int:
    """The last row of a table that holds a figure."""
    body = region.body
    kinds = cells.kinds[body.start : body.stop, region.left : region.right + 1]
    some = np.flatnonzero((kinds == CellKind.NUMBER).any(axis=1))
    return body.start + int(some[-1]) if len(some) else body.stop


def statements(cells: Cells, regions: Sequence[Region]) -> list[Unit]:
    """The thousands or millions that a sheet states outside its tables."""
    inside = {row for region in regions for row in region.body}
    units = []
    for row in range(min(cells.height, 400)):
        if row in inside:
            continue
        for j in np.flatnonzero(cells.kinds[row] == CellKind.TEXT):
            unit = unit_in(cells.text(row, int(j)))
            if unit and unit.factor != 1:
                units.append(unit)
    return units


def unit_guessed(
    cells: Cells, region: Region, columns: Sequence[Column], answers: Answers, fingerprint: str, where: str
) -> UnitFound:
    """What the figures themselves say; where that is a guess, the officer is asked."""
    body = region.body
    amounts = [c for c in columns if c.role in (Role.AMOUNT, Role.TOTAL)]
    currency = _currency(cells, region, columns)
    figures = np.concatenate([_amounts(cells, body, c.index) for c in amounts]) if amounts else np.zeros(0)
    figures = figures[figures != 0]
    answer = answers.answered(f"unit:{fingerprint}")
    if len(figures) and not answer and _in_pence(figures) and not _bodies(cells, region, columns):
        return UnitFound(Unit(currency, 1), UnitSource.PENCE, reason="the amounts have pence")
    if len(figures) and not answer and (reason := _written_out(cells, region, amounts)):
        return UnitFound(Unit(currency, 1), UnitSource.AMOUNTS, reason=reason)
    factor, reason = _likely_factor(cells, region, columns, figures)
    best = str(Unit(currency, factor))
    if not len(figures):
        return UnitFound(Unit(currency, 1), UnitSource.NOBODY, sure=False)
    options = (best, *OPTIONS) if best not in OPTIONS else OPTIONS
    answer = answers.ask(
        f"unit:{fingerprint}",
        f"In which unit are the amounts on {where}? The file does not say.",
        best,
        reason,
        options,
    )
    answered = answers.answered(f"unit:{fingerprint}") is not None
    return UnitFound(
        unit_named(answer),
        UnitSource.OFFICER if answered else UnitSource.GUESS,
        sure=answered,
        reason=reason,
    )


def _in_pence(figures: np.ndarray) -> bool:
    return bool(with_places(figures).mean() >= WITH_PENCE and to_the_penny(figures).mean() >= WHOLE_PENCE)


_OWN_SCALE = re.compile(r"\d\s?(?:k|m|mn|bn|thousand|million|billion)\b", re.IGNORECASE)
_WITH_PENCE = re.compile(r"\d[.,]\d\d\b(?![.,]\d)")
_FORMAT_WITH_PENCE = re.compile(r"0[.]00(?![0,])")
LOOKED_AT: Final = count("unit_found", "looked_at")


def _written_out(cells: Cells, region: Region, amounts: Sequence[Column]) -> str:
    """How the cells show that they are whole pounds: with a sign and pence, or each with a scale of its own."""
    rows = region.body[:LOOKED_AT]
    of_amounts = np.array([c.index for c in amounts], np.intp)
    filled = cells.kinds[rows.start : rows.stop, of_amounts] == int(CellKind.NUMBER)
    places = [(rows.start + i, int(of_amounts[j])) for i, j in np.argwhere(filled).tolist()]
    values = [cells.value(row, j) for row, j in places]
    texts = [value for value in values if isinstance(value, str)]
    signed = [text for text in texts if currency_in(text)]
    if signed and any(_OWN_SCALE.search(text) for text in texts) and len(texts) == len(values):
        return "cells that mean thousands or millions say so themselves"
    if signed and sum(bool(_WITH_PENCE.search(text)) for text in signed) >= WRITTEN_OUT * len(values):
        return "the amounts are written with a sign and pence"
    shown = _shown_with_pence(cells, places)
    enough = shown >= FEWEST_WRITTEN_OUT and shown >= WRITTEN_OUT * len(places)
    return "the amounts are shown with a sign and pence" if enough else ""


def _shown_with_pence(cells: Cells, places: Sequence[tuple[int, int]]) -> int:
    """How many cells have a number format with a currency's sign and pence."""
    formats = cells.sheet.facts.number_formats
    shown = Counter(formats.get(place, "") for place in places)
    return sum(
        times for told, times in shown.items() if currency_in(told) and _FORMAT_WITH_PENCE.search(told)
    )


def _amounts(cells: Cells, body: range, j: int) -> np.ndarray:
    numbers = cells.numbers[body.start : body.stop, j]
    return np.asarray(numbers[cells.kinds[body.start : body.stop, j] == CellKind.NUMBER])


def _currency(cells: Cells, region: Region, columns: Sequence[Column]) -> str | None:
    above = (cells.text(row, j) for row in (*region.titles, *region.headers) for j in range(cells.width))
    named = (*(column.name for column in columns), *above)
    if said := next(filter(None, map(currency_in, named)), None):
        return said
    formats = [text for (row, _), text in cells.sheet.facts.number_formats.items() if row in region.body]
    signs = [found for text in formats[:CELLS_LOOKED_AT] if (found := currency_in(text))]
    if len(signs) > FEWEST_SIGNS and len(set(signs)) == 1:
        return signs[0]
    return _currency_of_texts(cells, region, amounts_of(columns))


def _currency_of_texts(cells: Cells, region: Region, amounts: Sequence[int]) -> str | None:
    """The one currency that amounts written as text name; none where they name several."""
    sample = (cells.value(row, j) for row in region.body[:ROWS_OF_TEXTS] for j in amounts)
    texts = {found for value in sample if isinstance(value, str) and (found := currency_in(value))}
    return texts.pop() if len(texts) == 1 else None


def _likely_factor(
    cells: Cells, region: Region, columns: Sequence[Column], figures: np.ndarray
) -> tuple[int, str]:
    if not len(figures):
        return 1, "there are no amounts"
    typical = median(np.abs(figures))
    many_places = 1 - to_the_penny(figures).mean()
    if many_places >= MANY_PLACES and typical < TYPICAL_IN_MILLIONS:
        return 1_000_000, "the amounts are small and have more places than pence"
    if _bodies(cells, region, columns) and LEAST_IN_THOUSANDS <= typical < MOST_IN_THOUSANDS:
        return 1000, "each row is a whole public body, and such amounts in pounds would be too small for one"
    return 1, "the amounts are written out in full, as far as can be seen"


_ONE_OF_MANY = words.hints("unit_found.one_of_many")
"""Bodies small enough to write their amounts out in pounds."""


def _bodies(cells: Cells, region: Region, columns: Sequence[Column]) -> bool:
    """Whether each row is a public body."""
    body = region.body
    if len(body) < FEWEST_ROWS_OF_BODIES:
        return False
    for column in columns:
        if column.role not in (Role.WORDS, Role.CODE):
            continue
        texts = [t for row in body[:ROWS_OF_A_COLUMN] if (t := cells.text(row, column.index))]
        if len(set(texts)) < DIFFERENT_BODIES * len(texts) or len(texts) < FEWEST_BODIES:
            continue
        if _ONE_OF_MANY.search(column.name):
            return False
        if words.BODY_HEADER.search(column.name) or _called_as_bodies(texts):
            return True
    return False


def _called_as_bodies(texts: Sequence[str]) -> bool:
    """Whether most texts name a public body, or are codes of bodies."""
    named = sum(map(bool, map(words.BODY.search, texts)))
    coded = sum(map(bool, map(words.BODY_CODE.fullmatch, texts)))
    return named >= NAMED_AS_BODIES * len(texts) or coded >= CODED_AS_BODIES * len(texts)
