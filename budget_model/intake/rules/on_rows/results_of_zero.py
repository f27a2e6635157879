"""A surplus or a net total of zero proves nothing, but there is nothing in it to ask about either."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole


def results_of_zero(_body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of results that come to zero, in a table with totals, that they are none of its lines."""
    arithmetic = settled.arithmetic
    if arithmetic is None or not arithmetic.results or not settled.totals():
        return
    for k, i in enumerate(arithmetic.items.tolist()):
        if i in arithmetic.results and settled.role(i) is RowRole.LINE and not arithmetic.figures[k].any():
            yield row(i, RowRole.TOTAL, Reason.RESULT_OF_ZERO, Proof.WORDS)
