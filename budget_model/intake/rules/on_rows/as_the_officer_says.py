"""What the officer calls a total is none of the lines, and what was answered is not asked again."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled, without_doubt
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole


def as_the_officer_says(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Let every answer about a row hold."""
    doubts = settled.doubts()
    added_up = settled.arithmetic.items.tolist() if settled.arithmetic and body.told else []
    for i in (i for i in added_up if i in body.told):
        if body.told[i] == "a total" and settled.role(i) is RowRole.LINE:
            yield row(i, RowRole.TOTAL, Reason.OFFICER_NO_LINE, Proof.OFFICER)
        elif i in doubts:
            yield without_doubt(settled, i, Proof.OFFICER)
