"""A column of few words with each of which every line comes again, once, with nearly the same amount.

Whatever the words mean, they name versions of one budget and not parts of it; parts of a year they are where
they say so.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.splits import Kinds, Sheet, Splits, lines_of
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.periods import period_of
from budget_model.intake.sheet.reason import Reason

VERSIONS: Final = count("splits", "versions")
FEWEST_OF_A_VERSION: Final = count("splits", "fewest_of_a_version")
NEARLY_THE_SAME: Final = limit("splits", "nearly_the_same")
ALIKE: Final = limit("splits", "alike")
LARGEST_TO_SMALLEST: Final = limit("splits", "largest_to_smallest")


def versions(sheet: Sheet) -> Iterator[Splits]:
    """Find the columns that name versions."""
    amounts, body = sheet.amounts(), sheet.region.body
    if not amounts:
        return
    figures = sheet.cells.numbers[body.start : body.stop, amounts[0]]
    for column in sheet.worded():
        if sheet.cells.variety(column.index, body) > VERSIONS:
            continue
        kinds = sheet.kinds(column)
        names = tuple(kinds.texts.values())
        on_some_rows_only = bool(np.isfinite(figures[kinds.codes == 0]).any())  # a level of the table
        if len(names) < 2 or on_some_rows_only or any(map(period_of, names)):
            continue
        if _same_lines(sheet, column, kinds, figures):
            because = Reason.COLUMN_SAYS_VERSION.of(column.letter, ", ".join(names))
            of_row = kinds.placed(list(kinds.texts))
            yield Splits(of_row, names, column.index, because, (None,) * len(names))


def _same_lines(sheet: Sheet, column: Column, kinds: Kinds, figures: NDArray[np.float64]) -> bool:
    lines = lines_of(sheet, column)
    if lines is None:
        return False
    rows = [kinds.rows(code) for code in kinds.texts]
    return _nearly_the_same([(lines[own], figures[own]) for own in rows])


def _nearly_the_same(parts: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]]) -> bool:
    """Whether parts hold the same lines, each once, and most of the lines nearly the same amounts."""
    first = parts[0][0]
    if len(first) < FEWEST_OF_A_VERSION or any(len(lines) != len(first) for lines, _ in parts):
        return False
    ordered = [(lines[np.argsort(lines)], figures[np.argsort(lines)]) for lines, figures in parts]
    if len(np.unique(first)) < len(first) or any((lines != ordered[0][0]).any() for lines, _ in ordered):
        return False
    table = np.abs(np.column_stack([figures for _, figures in ordered]))
    table = table[np.isfinite(table).all(axis=1) & (table > 0).all(axis=1)]
    if len(table) < FEWEST_OF_A_VERSION or table.max() < LARGEST_TO_SMALLEST * table.min():
        return False
    return bool((table.min(axis=1) >= NEARLY_THE_SAME * table.max(axis=1)).mean() >= ALIKE)
