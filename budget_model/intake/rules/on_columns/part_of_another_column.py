"""Columns whose header says that they are part of another: 'of which grants', 'included above'."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled, column_role
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role


def part_of_another_column(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of such columns, where there are others to be part of, that they are memos."""
    if settled.nothing_across:
        return
    for one in body.of_role(Role.AMOUNT):
        if column_role(settled, one) is Role.AMOUNT and words.PART_OF.search(one.name):
            because = Reason.PART_OF_COLUMN.of()
            yield column(one.index, Role.MEMO, because, Proof.WORDS, doubt=because if one.unsure else None)
