"""Keys and values that stand above a table and say something about it: its source, its year, its multiplier."""

from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet import words
from budget_model.intake.sheet.meta_words import is_a_key, names_the_multiplier
from budget_model.intake.sheet.units import Unit, currency_in

FEWEST_KEYS: Final = count("meta_block", "fewest_keys")
MOST_CELLS: Final = count("meta_block", "most_cells")


def meta_block(cells: Cells) -> range:
    """The rows from the first on whose first cell is a key with one value beside it; none where there are few.

    The last of them may be the header of the table: 'Description' above labels, with a word of money beside it.
    """
    keyed, end, others = 0, 0, 0
    for row in range(cells.height):
        filled = np.flatnonzero(cells.kinds[row] != CellKind.EMPTY)
        if not len(filled):
            continue
        if len(filled) > MOST_CELLS or cells.kinds[row, filled[0]] != CellKind.TEXT:
            break
        if not is_a_key(cells.text(row, int(filled[0]))):
            others += 1
            # words beside words between two keys are a key that is not known
            if others > 1 or not keyed or (cells.kinds[row, filled] != CellKind.TEXT).any():
                break
            continue
        keyed, end, others = keyed + 1, row + 1, 0
        if len(filled) == MOST_CELLS and _heads_a_table(cells, row, int(filled[1])):
            keyed, end = keyed - 1, row
            break
    return range(end) if keyed >= FEWEST_KEYS else range(0)


def _heads_a_table(cells: Cells, row: int, column: int) -> bool:
    """Whether the word beside a key names money and figures stand right below it."""
    below = row + 1 < cells.height and cells.kinds[row + 1, column] == CellKind.NUMBER
    return bool(below) and bool(words.MONEY.search(cells.text(row, column)))


MULTIPLIERS: Final = (1, 1000, 1_000_000)


def unit_of_block(cells: Cells, rows: tuple[int, ...]) -> Unit | None:
    """By what the amounts are to be multiplied, where a key of some rows names the multiplier."""
    currency, factor = None, None
    for row in rows:
        filled = np.flatnonzero(cells.kinds[row] != CellKind.EMPTY)
        if len(filled) != MOST_CELLS or not is_a_key(cells.text(row, int(filled[0]))):
            continue
        value = cells.numbers[row, filled[1]]
        if names_the_multiplier(cells.text(row, int(filled[0]))) and value in MULTIPLIERS:
            factor = int(value)
        currency = currency or currency_in(cells.text(row, int(filled[1])))
    return None if factor is None else Unit(currency, factor)
