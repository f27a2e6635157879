"""A net total takes the lines of one side off those of the other."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import first_side, other_side, side_of
from budget_model.intake.rules.verdict import Proof, Total, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Direction

TAKEN_OFF, TAKEN_FROM = "those that are taken off", "those that they are taken off"
"""Which lines of a net total the officer may say are income."""
_ANSWERS = {TAKEN_FROM: Direction.INCOME, TAKEN_OFF: Direction.EXPENDITURE}
_MINUS_BEFORE_WORDS = re.compile(r"\s*(?:\d+\W*)?[-–−]\s*[^\W\d]")


def net_totals(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The lines below each total that takes some off others, inner totals first as they were found."""
    totals = settled.totals()
    for i, total in totals.items():
        if total.minus:
            plus, minus = lines_below(totals, total)
            yield from _of_total(body, i, total, plus, minus)


def _of_total(
    body: Body, i: int, total: Total, plus: Sequence[int], minus: Sequence[int]
) -> Iterator[Verdict]:
    name = body.labels[i] or f"row {body.start + i + 1}"
    first, doubt = _side_of_first(body, i, total, plus, minus)
    because, proof = Reason.NET_TOTAL_SAYS_SIDE.of(name), Proof.WORDS
    if answer := _ANSWERS.get(body.told_of_sides.get(slug(name), "")):
        first, doubt, because, proof = answer, None, Reason.OFFICER.of(), Proof.OFFICER
    yield rows(np.array(plus, np.intp), first, because, proof)
    yield rows(np.array(minus, np.intp), other_side(first), because, proof, doubt=doubt)


def _side_of_first(
    body: Body, i: int, total: Total, plus: Sequence[int], minus: Sequence[int]
) -> tuple[Direction, Because | None]:
    """The side of the lines that are not taken off, and what stays in doubt of it."""
    labels, own = body.labels, body.labels[i]
    named = first_side(labels[k] for k in total.plus) or other_side(
        first_side(labels[k] for k in total.minus)
    )
    if named:
        return named, None
    if _marked_as_taken_off(body, minus) and not _marked_as_taken_off(body, plus):
        return Direction.INCOME, None
    if words.SURPLUS.search(own):
        return Direction.INCOME, None
    name = own or f"row {body.start + i + 1}"
    return Direction.EXPENDITURE, None if side_of(own) else Reason.SECOND_TAKEN_FOR_INCOME.of(name)


def _marked_as_taken_off(body: Body, lines: Sequence[int]) -> bool:
    """Whether a minus stands before the words of most lines, as costs are marked in a plan of results."""
    return 2 * sum(bool(_MINUS_BEFORE_WORDS.match(body.labels[k])) for k in lines) > len(lines)
