"""Rows below a list that a filter has parted: what the shown rows come to is no further money."""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

LAST: Final = count("what_a_filter_shows", "last")


def what_a_filter_shows(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Find at the end the row that adds up the rows which are not hidden, or says so by its formula."""
    hidden = {i - body.start for i in body.cells.sheet.facts.hidden_rows}
    lines = settled.rows(RowRole.LINE)
    for i in lines[-LAST:]:
        above = {k for k in lines if k < i}
        shown = sorted(above - hidden)
        by_formula = any("SUBTOTAL(" in body.formula(i, j).upper() for j in body.amounts)
        if by_formula or (2 <= len(shown) < len(above) and not body.off(i, shown)):
            yield row(i, RowRole.NOTE, Reason.SHOWN_BY_FILTER.of(), Proof.ARITHMETIC)
