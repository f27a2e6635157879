"""A column that holds nothing but a plus or a minus before each line: what comes in and what goes out.

Under a header of words it says something else: 'Trend', 'Change on last year'.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.on_sides.income_with_minus import called_income_with_a_minus
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
        sides, proof = _sides(signs, [body.labels[i] for i in lines], body.told_of_sides.get(SIGNS, ""))
        doubt = Reason.PLUS_TAKEN_FOR_INCOME.of() if proof is Proof.NOTHING else None
        for sign, side in sides.items():
            own = np.array([i for i, its in zip(lines, signs, strict=True) if its == sign], np.intp)
            yield rows(own, side, Reason.COLUMN_SAYS_SIDE.of(column_name(j)), Proof.FORMAT, doubt=doubt)
        return


SIGNS: Final = "plus-and-minus"
"""Under what the officer's answer is kept."""
PLUS_COMES_IN, PLUS_GOES_OUT = "plus is income", "plus is expenditure"


def _headed_by_words(body: Body, column: int) -> bool:
    said = (body.cells.text(row, column) for row in body.region.headers)
    return any(ch.isalpha() and not _NAMES_SIGNS.search(text) for text in said for ch in text)


_NAMES_SIGNS = words.hints("column_of_signs.names_signs")


def _sides(signs: Sequence[str], labels: Sequence[str], answer: str) -> tuple[dict[str, Direction], Proof]:
    """What each sign says and how sure that is: a plus is income, unless the officer or the words of lines say otherwise."""
    if answer:
        return _with_income("+" if answer == PLUS_COMES_IN else "-"), Proof.OFFICER
    of_income = set(_signs_named(signs, labels))
    if len(of_income) == 1:
        return _with_income(of_income.pop()), Proof.WORDS
    return _with_income("+"), Proof.NOTHING


def _with_income(sign: str) -> dict[str, Direction]:
    return {sign: Direction.INCOME, _OTHER[sign]: Direction.EXPENDITURE}


def _signs_named(signs: Sequence[str], labels: Sequence[str]) -> Iterator[str]:
    """The sign of income by each line whose words say a side; by words that may be income where none does."""
    pairs = list(zip(signs, labels, strict=True))
    plain = [(sign, side) for sign, label in pairs if (side := side_of(label))]
    if plain:
        yield from (sign if side is Direction.INCOME else _OTHER[sign] for sign, side in plain)
    else:
        yield from (sign for sign, label in pairs if called_income_with_a_minus(label))


_OTHER: Final = {"+": "-", "-": "+"}
