"""A column that holds nothing but a plus or a minus before each line: what comes in and what goes out.

Under a header of words it says something else: 'Trend', 'Change on last year'.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, RowRole

MOST_MARKED: Final = count("sides", "most_marked")
_SIGNS: Final = {"+": "+", **dict.fromkeys("-−–", "-")}


def column_of_signs(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The side of every line by the first column of signs, where all lines have one and both stand there."""
    lines = settled.rows(RowRole.LINE)
    if not 2 <= len(lines) <= MOST_MARKED:
        return
    for j in range(body.region.left, max(body.amounts, default=body.region.left)):
        signs = [_SIGNS.get(str(body.cells.value(body.start + i, j) or "").strip(), "") for i in lines]
        if set(signs) != {"+", "-"} or _headed_by_words(body, j):
            continue
        sides = _sides(signs, [body.labels[i] for i in lines])
        for sign, side in sides.items():
            own = np.array([i for i, its in zip(lines, signs, strict=True) if its == sign], np.intp)
            yield rows(own, side, Reason.COLUMN_SAYS_SIDE.of(column_name(j)), Proof.FORMAT)
        return


def _headed_by_words(body: Body, column: int) -> bool:
    said = (body.cells.text(row, column) for row in body.region.headers)
    return any(ch.isalpha() and not _NAMES_SIGNS.search(text) for text in said for ch in text)


_NAMES_SIGNS = words.hints("column_of_signs.names_signs")


def _sides(signs: Sequence[str], labels: Sequence[str]) -> dict[str, Direction]:
    """What each sign says: a plus is income, unless the words of lines say that a minus is; nothing where they say both."""
    named = {
        (sign if side is Direction.INCOME else _OTHER[sign])
        for sign, label in zip(signs, labels, strict=True)
        if (side := side_of(label))
    }
    if len(named) > 1:
        return {}
    income = named.pop() if named else "+"
    return {income: Direction.INCOME, _OTHER[income]: Direction.EXPENDITURE}


_OTHER: Final = {"+": "-", "-": "+"}
