"""Headings 'Income' and 'Expenditure' apply to the lines below them until the next one or a net total."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of_heading
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, RowRole

HEADINGS = (RowRole.HEADING, RowRole.REPEATED_HEADER)
ABOVE_ALL = -1
"""Where a heading stands that is above the body's first row."""
_FINANCED = re.compile(r"\W*(?:\w\W\s*)?(?:financ|fund|met (?:by|from)|sources)", re.IGNORECASE)


def headed_for_a_side(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The lines below headings of a side."""
    headings = {
        i: text
        for i in np.flatnonzero(np.isin(settled.roles, HEADINGS)).tolist()
        if (text := body.first_text(i))
    }
    directions = {i: side for i, text in headings.items() if (side := side_of_heading(text))}
    if first := _side_above(body):
        directions[ABOVE_ALL] = first
    if len(set(directions.values())) < 2 and not _parts_alone(body, settled, directions):
        # A department may be called Revenue; only beside its opposite does the word part the table.
        return
    below = _below(body, settled, directions)
    for side in (Direction.EXPENDITURE, Direction.INCOME):
        lines = np.array([i for i, own in below.items() if own is side], np.intp)
        yield rows(lines, side, Reason.HEADINGS_SAY_SIDE, Proof.WORDS)


def _side_above(body: Body) -> Direction:
    """The side named by the header of the first column or the last title."""
    heads = [body.cells.text(row, body.region.left) for row in body.region.headers if row < body.start]
    heads += [body.title(row) for row in body.region.titles[-1:]]
    return next((side for text in heads if (side := side_of_heading(text))), Direction.UNKNOWN)


def _below(body: Body, settled: Settled, directions: Mapping[int, Direction]) -> dict[int, Direction]:
    """The side of each line below a heading that names one."""
    side, below = directions.get(ABOVE_ALL, Direction.UNKNOWN), {}
    for i, role in enumerate(settled.roles.tolist()):
        if role in HEADINGS:
            side = directions.get(i, side)
        elif role == RowRole.LINE:
            below[i] = side
        elif role == RowRole.TOTAL and words.NET.search(body.labels[i]):
            side = Direction.UNKNOWN
    return below


def _parts_alone(body: Body, settled: Settled, directions: Mapping[int, Direction]) -> bool:
    """Whether a lone heading of income parts the table: by a minus below it, or because it says what pays for it."""
    return _negative_below(body, directions) or _financed_below(body, settled, directions)


def _financed_below(body: Body, settled: Settled, directions: Mapping[int, Direction]) -> bool:
    """Whether a lone heading says, below a total, what pays for the lines above it."""
    first_total = min(settled.totals(), default=body.height)
    return any(i > first_total and _FINANCED.match(body.first_text(i)) for i in directions)


def _negative_below(body: Body, directions: Mapping[int, Direction]) -> bool:
    """Whether a lone heading of income stands over figures with a minus."""
    across = slice(body.region.left, body.region.right + 1)
    below = [i + 1 for i, side in directions.items() if side is Direction.INCOME and i + 1 < body.height]
    return any(bool((body.numbers[i, across] < 0).any()) for i in below)
