"""Rows below the last total with which the sheet checks itself: 'Check', 'Control', 'Difference'."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

_CHECKS = words.hints("checks_of_the_sheet.checks")


def checks_of_the_sheet(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of such a row that it holds no money; above the last total the same word may name a line."""
    last = max(settled.totals(), default=body.height)
    for i in settled.rows(RowRole.LINE):
        if i > last and _CHECKS.fullmatch(body.labels[i]):
            yield row(i, RowRole.NOTE, Reason.CHECKS_SHEET, Proof.WORDS)
