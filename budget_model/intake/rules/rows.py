"""Every row of a table with its role, its reason and what stays in doubt: what the rules about rows come to."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Total
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import RowRole


@dataclass(slots=True)
class Rows:
    """Every row of a table's body, by its distance from the first."""

    start: int
    roles: NDArray[np.uint8]
    reasons: dict[int, Because] = field(default_factory=dict)
    totals: dict[int, Total] = field(default_factory=dict)
    """Totals by body row; their members are body rows too."""
    labels: list[str] = field(default_factory=list)
    doubts: dict[int, Because] = field(default_factory=dict)

    def count(self, role: RowRole) -> int:
        """How many rows have a role."""
        return int((self.roles == role).sum())


def take_settled(rows: Rows, settled: Settled) -> None:
    """Let the passes that follow see what the rules have settled."""
    verdicts = settled.of_rows()
    rows.roles = settled.roles.copy()
    rows.reasons = {
        i: verdict.because
        for i, verdict in verdicts.items()
        if verdict.because.reason is not Reason.HOLDS_AMOUNTS
        and not (verdict.total and verdict.because.reason is verdict.total.why)
    }
    rows.totals, rows.doubts = settled.totals(), settled.doubts()
