"""What holds where rules disagree, decided here and nowhere else: by strength of proof, not by who came last.

A verdict replaces another on the same place where its proof is the stronger one. Of equal proof the earlier
rule of the list holds. A rule may overrule verdicts that are as strong or stronger only where the list names
their reasons.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.rules.rule import Rule
from budget_model.intake.rules.settled import SaidOfRows, Settled, Spoken
from budget_model.intake.rules.verdict import Proof, RowAt, RowsAt, Verdict
from budget_model.intake.sheet.roles import RowRole


def settle(settled: Settled, rule: Rule, verdicts: Iterable[Verdict]) -> None:
    """Hear one rule, and let its verdicts hold where they are stronger than what was said before."""
    for verdict in verdicts:
        if isinstance(verdict.at, RowsAt):
            _settle_rows(settled.said_of(type(verdict.role)), rule, verdict, verdict.at.rows)
            continue
        place = (verdict.at, type(verdict.role))
        spoken = Spoken(rule.name, verdict)
        settled.spoken.setdefault(place, []).append(spoken)
        if not beats(rule, verdict, settled.winners.get(place)):
            continue
        settled.winners[place] = spoken
        if isinstance(verdict.at, RowAt) and isinstance(verdict.role, RowRole):
            settled.roles[verdict.at.index] = verdict.role


def _settle_rows(said: SaidOfRows, rule: Rule, verdict: Verdict, rows: NDArray[np.intp]) -> None:
    """Let one verdict on many rows hold on those where it beats what holds."""
    beaten = np.array([*(beats(rule, verdict, spoken) for spoken in said.spoken), beats(rule, verdict, None)])
    said.holds[rows[beaten[said.holds[rows]]]] = len(said.spoken)
    said.spoken.append(Spoken(rule.name, verdict))


def beats(rule: Rule, verdict: Verdict, holds: Spoken | None) -> bool:
    """Whether a verdict replaces the one that holds so far."""
    if holds is None or holds.verdict.proof is Proof.NOTHING:
        return True
    if holds.verdict.because.reason in rule.overrules:
        return True
    return verdict.proof > holds.verdict.proof
