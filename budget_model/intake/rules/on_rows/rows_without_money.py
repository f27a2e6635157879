"""Rows among the amounts that say a count, a rate or a ratio: a tax base, a charge per head, staff."""

from collections.abc import Iterator, Sequence
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
_OF_SOMETHING = words.hints("row_without_money.of_something")
"""What has to do with a count or a rate, and is none: a tax base review."""


def rows_without_money(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of rows whose words name something else than money that they are none of the lines.

    Where many rows are called so, and not only the last, the words mean something else, and nothing is said. What
    is done about a tax base, its review, may cost money: it is a line, and asked about unless a total counts it.
    """
    figured = np.flatnonzero(body.has_amounts).tolist()
    if len(figured) > MOST_ROWS:
        return
    called = [i for i in figured if words.ROW_WITHOUT_MONEY.search(body.labels[i])]
    at_the_end = called == figured[-len(called) :] and 2 * len(called) < len(figured)
    if len(called) > MOST_OF_THEM * len(figured) and not at_the_end:
        return
    counted = added_up(body, figured) if called else set()
    for i in called:
        if i in counted or body.told.get(i) == "a line":
            continue
        if _OF_SOMETHING.search(body.labels[i]):
            doubt = Reason.NO_MONEY_BUT_MORE.of()
            yield row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.NOTHING, doubt=doubt)
        else:
            yield row(i, RowRole.NOTE, Reason.NO_MONEY_IN_WORDS, Proof.WORDS)


def added_up(body: Body, figured: Sequence[int]) -> set[int]:
    """The rows that a printed total below them adds up with all between, exactly and in every column of amounts."""
    found: set[int] = set()
    for place, total in enumerate(figured):
        if words.TOTAL.search(body.labels[total]):
            above = figured[:place][::-1]
            sums = np.cumsum(body.figures[above], axis=0)
            agree = np.flatnonzero((sums == body.figures[total]).all(axis=1))
            longest = int(agree.max(initial=0)) + 1
            found.update(above[:longest] if longest > 1 else ())
    return found
