"""Lines that stand below what all lines above leave, and that no total counts: part of the account, or beside it?"""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.on_rows.outside_the_grand_total import lines_under
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

MOST_ASKED: Final = count("below_the_result", "most_asked")


def below_the_result(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Doubt the few lines below the last net total, where it covers all lines above and no heading parts them."""
    totals = settled.totals()
    last = max(totals, default=-1)
    if last < 0 or not words.NET.search(body.labels[last]):
        return
    lines = settled.rows(RowRole.LINE)
    below = [i for i in lines if i > last]
    above = {i for i in lines if i < last}
    headed = any(i > last for i in settled.rows(RowRole.HEADING))
    if 0 < len(below) <= MOST_ASKED and not headed and len(above) > 1 and above <= lines_under(last, totals):
        because = Reason.BELOW_THE_RESULT.of(body.start + last + 1)
        for i in below:
            yield row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.NOTHING, doubt=because)
