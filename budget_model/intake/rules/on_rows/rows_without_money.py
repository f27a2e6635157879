"""Rows among the amounts that say a count, a rate or a ratio: a tax base, a charge per head, staff."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

MOST_ROWS: Final = count("rows_without_money", "most_rows")
MOST_OF_THEM: Final = limit("rows_without_money", "most_of_them")


def rows_without_money(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of rows whose words name something else than money that they are none of the lines.

    Where many rows are called so, and not only the last, the words mean something else, and nothing is said.
    """
    figured = np.flatnonzero(body.has_amounts).tolist()
    if len(figured) > MOST_ROWS:
        return
    called = [i for i in figured if words.ROW_WITHOUT_MONEY.search(body.labels[i])]
    at_the_end = called == figured[-len(called) :] and 2 * len(called) < len(figured)
    if len(called) > MOST_OF_THEM * len(figured) and not at_the_end:
        return
    for i in called:
        if body.told.get(i) != "a line":
            yield row(i, RowRole.NOTE, Reason.NO_MONEY_IN_WORDS, Proof.WORDS)
