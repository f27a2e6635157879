"""Notes at the end of a table that carry stray figures in the columns of amounts."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

LAST_ROWS: Final = count("stray_notes", "last_rows")
SHORTEST_NOTE: Final = count("stray_notes", "shortest_note")


def stray_notes(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of the last rows with amounts which of them are notes with nothing below them."""
    for i in np.flatnonzero(body.has_amounts)[-LAST_ROWS:].tolist():
        label = body.labels[i]
        if len(label) > SHORTEST_NOTE and words.NOTE.match(label) and not body.has_amounts[i + 1 :].any():
            yield row(i, RowRole.NOTE, Reason.STRAY_FIGURES, Proof.WORDS)
