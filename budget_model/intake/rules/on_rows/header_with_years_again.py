"""Rows that say the header again where it names years: 'Service | 2025' among the lines is no amount of 2,025."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR


def header_with_years_again(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Find the rows whose words are those of the header and whose every amount looks like a year."""
    if not body.region.headers:
        return
    header = max(body.region.headers)
    worded = [j for j in range(body.region.left, body.region.right + 1) if j not in body.amounts]
    said = [body.cells.text(header, j).casefold() for j in worded]
    if not any(said):
        return
    figures = body.numbers[:, list(body.amounts)]
    with np.errstate(invalid="ignore"):
        years = ~np.isfinite(figures) | ((figures >= FIRST_YEAR) & (figures <= LAST_YEAR))
    for i in np.flatnonzero(years.all(axis=1) & body.has_amounts).tolist():
        if [body.text(i, j).casefold() for j in worded] == said:
            yield row(i, RowRole.REPEATED_HEADER, Reason.HEADER_AGAIN, Proof.FORMAT)
