"""What is left of a table's own totals, under a name for it: 'Net change in fund balance', 'Aufwandüberschuss'.

It closes an account, and is none of its lines, whether or not the printed figures prove it; so is the row that
only adds it to a side so that both come to the same.
"""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

_RESULT = words.hints("results_named.result")


def results_named(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of lines below a total that are called what is left of others that they are none."""
    totals = settled.totals()
    if not totals:
        return
    first = min(totals)
    left = [i for i in settled.rows(RowRole.LINE) if i > first and _RESULT.search(body.labels[i])]
    for i in left:
        yield row(i, RowRole.NOTE, Reason.LEFT_OF_OTHERS, Proof.WORDS)
    for k, total in totals.items():
        if k > first and set(left) & {*total.plus, *total.minus} and not words.NET.search(body.labels[k]):
            yield row(k, RowRole.NOTE, Reason.LEFT_OF_OTHERS, Proof.ARITHMETIC)
