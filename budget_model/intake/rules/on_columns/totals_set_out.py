"""Totals set out in a column of their own, beside the column of the items that they add up, as in printed accounts."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role

MOST_ROWS: Final = count("totals_set_out", "most_rows")
FEWEST_TOTALS: Final = count("totals_set_out", "fewest_totals")
FEWEST_ITEMS: Final = count("totals_set_out", "fewest_items")


def totals_set_out(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of a column each figure of which is what the column before it comes to since the last one that it is no line."""
    amounts = body.of_role(Role.AMOUNT)
    if body.height > MOST_ROWS:
        return
    for inner, outer in pairwise(amounts):
        if _adds_up_blocks(body, inner.index, outer.index):
            yield column(outer.index, Role.MEMO, Reason.TOTALS_SET_OUT.of(inner.letter), Proof.ARITHMETIC)


def _adds_up_blocks(body: Body, inner: int, outer: int) -> bool:
    """Whether every figure of the outer column is the sum of a run of the inner one, or of all figures above it."""
    items, totals = body.exact(inner), body.exact(outer)
    if items.places != totals.places:
        return False
    at = np.flatnonzero(totals.whole)
    if not len(at) >= FEWEST_TOTALS or int((items.whole != 0).sum()) < FEWEST_ITEMS * len(at):
        return False
    return _each_is_a_sum(items.whole, totals.whole, at)


def _each_is_a_sum(items: NDArray[np.int64], totals: NDArray[np.int64], at: NDArray[np.intp]) -> bool:
    """Whether each total is of the items since the last, or of all totals before it; several must be of items.

    >>> _each_is_a_sum(np.array([3, 4, 5, 6, 0]), np.array([0, 7, 0, 11, 18]), np.array([1, 3, 4]))
    True
    """
    start, of_items, so_far = 0, 0, 0
    for i in at.tolist():
        run = int(items[start : i + 1].sum())
        if run == totals[i]:
            of_items, so_far, start = of_items + 1, so_far + run, i + 1
        elif run or totals[i] != so_far:
            return False
    return of_items >= FEWEST_TOTALS and not items[start:].any()
