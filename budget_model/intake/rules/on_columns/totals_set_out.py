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
    set_out: set[int] = set()
    for inner, outer in pairwise(amounts):
        further = inner.index in set_out and _adds_up_totals(body, inner.index, outer.index)
        if further or _adds_up_blocks(body, inner.index, outer.index):
            set_out.add(outer.index)
            yield column(outer.index, Role.MEMO, Reason.TOTALS_SET_OUT.of(inner.letter), Proof.ARITHMETIC)


def _adds_up_blocks(body: Body, inner: int, outer: int) -> bool:
    """Whether every figure of the outer column is the sum of a run of the inner one, or of all figures above it."""
    items, totals = body.exact(inner), body.exact(outer)
    if items.places != totals.places:
        return False
    at = np.flatnonzero(totals.whole)
    own = _sums_of_items(items.whole, totals.whole, at)
    return own >= FEWEST_TOTALS and int((items.whole != 0).sum()) >= FEWEST_ITEMS * own


def _adds_up_totals(body: Body, inner: int, outer: int) -> bool:
    """Whether every figure of a further column is the sum of the totals set out before it, in a third step of a staircase."""
    totals, further = body.exact(inner), body.exact(outer)
    at = np.flatnonzero(further.whole)
    return totals.places == further.places and _sums_of_items(totals.whole, further.whole, at) > 0


def _sums_of_items(items: NDArray[np.int64], totals: NDArray[np.int64], at: NDArray[np.intp]) -> int:
    """How many totals are of the items since the last; the others are of all totals before them. 0 where any is not.

    >>> _sums_of_items(np.array([3, 4, 5, 6, 0]), np.array([0, 7, 0, 11, 18]), np.array([1, 3, 4]))
    2
    """
    start, of_items, so_far = 0, 0, 0
    for i in at.tolist():
        run = int(items[start : i + 1].sum())
        if run == totals[i]:
            of_items, so_far, start = of_items + 1, so_far + run, i + 1
        elif run or totals[i] != so_far:
            return 0
    return 0 if items[start:].any() else of_items
