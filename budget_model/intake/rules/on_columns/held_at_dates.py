"""Columns of what is held at a date, where one and the movements beside it make the other.

A reserve of five million is not spent; what is taken from it is.
"""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled, column_role
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role

_OF_FIGURES = (Role.AMOUNT, Role.TOTAL, Role.MEMO)


def held_at_dates(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of opening and closing balances that they are no money of the year."""
    called = (one for one in body.columns if words.BALANCE.search(one.name))
    held = {one.index: one for one in called if not words.PHASE.search(one.name)}
    proved = any(
        relation.column in held and held.keys() & {*relation.plus, *relation.minus}
        for relation in settled.relations.values()
    )
    for one in held.values() if proved else ():
        if column_role(settled, one) in _OF_FIGURES:
            because = Reason.HELD_AT_DATE.of()
            yield column(one.index, Role.MEMO, because, Proof.WORDS, doubt=because if one.unsure else None)
