"""Columns of which the package or the officer says whether they are income or expenditure."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role
from budget_model.intake.sheet.stated import sides_stated


def stated_of_columns(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """What the package states of the sides of its amounts."""
    for index, side in sides_stated(body.cells.sheet).items():
        stated = Reason.PACKAGE_STATES.of(Direction(side).name.lower())
        yield column(index, Direction(side), stated, Proof.STATED)


def answered_of_columns(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """What the officer says; beside a column that is called income the others are expenditure."""
    directions = {one.index: Direction(one.side) for one in body.of_role(Role.AMOUNT)}
    others = Direction.EXPENDITURE if Direction.INCOME in directions.values() else Direction.UNKNOWN
    for index, side in directions.items():
        if side or others:
            yield column(index, side or others, Reason.OFFICER, Proof.OFFICER)
