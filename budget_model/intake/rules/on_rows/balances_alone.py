"""In a cash book, a row with nothing but what is held moves no money."""

from collections.abc import Iterator

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, RelationKind, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole


def balances_alone(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of lines on which only a running balance stands that they are none."""
    if not any(relation.kind == RelationKind.RUNNING for relation in settled.relations.values()):
        return
    for i in np.flatnonzero((settled.roles == RowRole.LINE) & ~body.has_amounts).tolist():
        yield row(i, RowRole.NOTE, Reason.BALANCE_HELD, Proof.FORMAT)
