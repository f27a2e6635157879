"""A column whose words say income or expenditure on every row, or once for the rows below."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import present
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of_cell
from budget_model.intake.rules.verdict import Proof, Verdict, every_row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role

MOST_SIDES: Final = count("sides", "most_sides")


def column_of_sides(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """The side of every row by the first such column."""
    for column in body.of_role(Role.WORDS):
        texts, codes = body.coded(column.index)
        kinds = [int(code) for code in present(codes) if code]
        if not 2 <= len(kinds) <= MOST_SIDES:
            continue
        named = {code: side_of_cell(texts[code]) for code in kinds}
        if set(named.values()) == {Direction.INCOME, Direction.EXPENDITURE}:
            of_row = np.zeros(body.height, np.uint8)
            for code, side in named.items():
                of_row[codes == code] = side
            because = Reason.COLUMN_SAYS_SIDE.of(column.letter)
            yield from every_row(_said_once_for_all_below(of_row, codes), because, Proof.FORMAT)
            return


def _said_once_for_all_below(of_row: NDArray[np.uint8], codes: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Where a column says a side on the first row of each block only, it holds for the rows below it."""
    said = codes != 0
    if 2 * said.sum() >= len(codes):
        return of_row
    last = np.maximum.accumulate(np.where(said, np.arange(len(codes)), -1))
    return np.where(last >= 0, of_row[last], np.uint8(Direction.UNKNOWN))
