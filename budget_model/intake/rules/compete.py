"""Which of several readings of one table stands: the one that explains most of what is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.verdict import Contest
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.table import Question

CLOSE: Final = limit("compete", "close")
ONE_CELL: Final = limit("compete", "one_cell")
OF_NOTHING = (Reason.TOTAL_WITHOUT_LINES, Reason.TOTAL_WITHOUT_LINES_ABOVE)
"""What stays in doubt about rows that look like totals."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What a reading explains of a table."""

    met: int
    """Printed totals, of rows and of columns, that are what their parts come to."""
    missed: int
    """Printed totals that disagree with their parts, and rows that look like totals of nothing."""
    unread: int
    """Figures in columns of amounts that stand on rows which are neither lines nor totals."""

    @property
    def score(self) -> float:
        """In printed totals met."""
        return self.met - self.missed - ONE_CELL * self.unread


def explained(draft: TableDraft) -> Explained:
    """Count what a reading explains."""
    totals = draft.rows.totals.values()
    across = [relation for relation in draft.across.relations.values() if relation.kind == "sum"]
    agreeing = sum(not total.off and len(total.plus) + len(total.minus) > 1 for total in totals)
    disagreeing = sum(bool(total.off) for total in totals)
    of_nothing = sum(doubt.reason in OF_NOTHING for doubt in draft.rows.doubts.values())
    neither = np.flatnonzero((draft.rows.roles != RowRole.LINE) & (draft.rows.roles != RowRole.TOTAL))
    unread = sum(int(draft.filled(column.index)[neither].sum()) for column in draft.amounts())
    return Explained(
        agreeing + sum(not relation.off for relation in across),
        disagreeing + sum(bool(relation.off) for relation in across) + of_nothing,
        unread,
    )


def best_reading(contest: Contest, readings: Mapping[str, TableDraft], answers: Answers) -> TableDraft:
    """The reading that explains most; the officer's answer before it, and a question where two are close."""
    scores = {answer: explained(draft).score for answer, draft in readings.items()}
    ordered = sorted(readings, key=lambda answer: -scores[answer])
    best = readings[ordered[0]]
    key = f"{contest.about}:{best.fingerprint}"
    given = answers.answered(key)
    if given is not None and given in readings:
        return readings[given]
    second = ordered[min(1, len(ordered) - 1)]
    rival = readings[second]
    close = contest.always_asked or scores[ordered[0]] - scores[second] <= CLOSE
    if close and amounts_loaded(best) != amounts_loaded(rival):
        best.pending.append(Question(key, contest.ask, ordered[0], contest.because, tuple(ordered)))
    return best


def amounts_loaded(draft: TableDraft) -> dict[int, tuple[int, int]]:
    """What each column of amounts comes to over the lines, as written, and of how much income."""
    income = draft.sides.of_row[draft.lines] == 2
    loaded = {}
    for column in draft.amounts():
        whole = draft.figures[column.index].whole[draft.lines]
        loaded[column.index] = (int(whole.sum()), int(whole[income].sum()))
    return loaded
