"""Rows at the end that say the mean, the largest or the smallest of the lines above them.

What is called so and is none of them is asked about; below a total the figures tell a mean without the word.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

WHOLE: Final = limit("statistics_below", "whole")
ONE_PLACE: Final = limit("statistics_below", "one_place")

SAME_FIGURE: Final = limit("statistics_below", "same_figure")

MOST_BELOW: Final = count("statistics_below", "most_below")
FEWEST_AVERAGED: Final = count("statistics_below", "fewest_averaged")
FEWEST_CALLED: Final = count("averages_among_lines", "fewest")
MEAN = "the mean"


def statistics_below(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of rows at the end that they are a mean, a median, a largest or a smallest, and no money."""
    arithmetic = settled.arithmetic
    if arithmetic is None or not arithmetic.few:
        return
    totals, doubts = settled.totals(), settled.doubts()
    lines = [i for i in arithmetic.items.tolist() if settled.role(i) is RowRole.LINE]
    counted = {k for total in totals.values() if not total.off for k in (*total.plus, *total.minus)}
    for i in arithmetic.items[-MOST_BELOW:].tolist():
        worded = bool(words.STATISTIC.fullmatch(body.labels[i]))
        above = () if i in counted else _described(i, lines, totals, worded=worded)
        if not above:
            continue
        name = statistic_of(amounts_on(body, above), amounts_on(body, [i])[0])
        if name and (worded or name == MEAN):
            yield row(i, RowRole.NOTE, Reason.STATISTIC.of(name), Proof.ARITHMETIC)
            totals.pop(i, None)
            lines = [k for k in lines if k != i]
        elif worded and i in lines and i not in doubts:
            yield row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.NOTHING, doubt=Reason.NO_STATISTIC.of())


def _described(i: int, lines: Sequence[int], totals: Collection[int], *, worded: bool) -> Sequence[int]:
    """The lines that a row may describe: those above the last total before it; none where they are too few.

    A row that is not called a mean or the like describes lines only if it is read as a line and follows a total.
    """
    last = max((k for k in totals if k < i), default=-1)
    if not worded and (i not in lines or last < 0):
        return ()
    above = [k for k in lines if k < (last if last > 0 else i)]
    return above if len(above) >= (FEWEST_CALLED if worded else FEWEST_AVERAGED) else ()


def amounts_on(body: Body, rows: Sequence[int]) -> NDArray[np.float64]:
    """The figures of some rows, in the columns of amounts; not a number where there is none."""
    across = np.ix_(rows, list(body.amounts))
    return np.where(body.kinds[across] == CellKind.NUMBER, body.numbers[across], np.nan)


def statistic_of(lines: NDArray[np.float64], said: NDArray[np.float64]) -> str:
    """What a row says of the lines, in each of its columns; '' where it is a line of its own.

    A mean is rounded as it is printed, to whole units at most; one that every line equals tells nothing.
    """
    live = np.isfinite(said) & np.isfinite(lines).any(axis=0)
    if not live.any() or (said[live] == 0).all():
        return ""
    own, said = lines[:, live], said[live]
    slack = np.where(said == np.rint(said), WHOLE, ONE_PLACE) + 1e-9 * np.abs(said)
    mean, median = np.nanmean(own, axis=0), np.nanmedian(own, axis=0)
    largest, smallest = np.nanmax(own, axis=0), np.nanmin(own, axis=0)
    if (np.abs(mean - said) <= slack).all() and (largest != mean).any():
        return MEAN
    if (np.abs(median - said) <= slack).all():
        return "the median"
    if (np.abs(largest - said) <= SAME_FIGURE).all():
        return "the largest"
    return "the smallest" if (np.abs(smallest - said) <= SAME_FIGURE).all() else ""
