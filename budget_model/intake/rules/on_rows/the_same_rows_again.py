"""Lines that stand a second time below themselves, row for row: a block that was pasted twice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Total, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole

FEWEST_LINES: Final = count("the_same_rows_again", "fewest_lines")
MOST_ASKED: Final = count("the_same_rows_again", "most_asked")
_OF_WORDS = (Role.WORDS, Role.CODE, Role.DATE, Role.YEAR, Role.COUNT)


def the_same_rows_again(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out the second half of the lines where it says the first again, and ask; headings and totals may tell them apart."""
    lines = settled.rows(RowRole.LINE)
    half = len(lines) // 2
    if len(lines) % 2 or half < FEWEST_LINES:
        return
    first, again = lines[:half], lines[half:]
    if not _alike(body, first, again) or _told_apart(body, settled, first, again):
        return
    for place, (i, k) in enumerate(zip(first, again, strict=True)):
        because = Reason.ROW_AGAIN.of(body.start + i + 1)
        doubt = because if place < MOST_ASKED else None
        yield row(k, RowRole.NOTE, because, Proof.ARITHMETIC, doubt=doubt)


def _alike(body: Body, first: Sequence[int], again: Sequence[int]) -> bool:
    """Whether two lots of rows have the same amounts, not all of them one figure, and the same words."""
    figures = body.figures
    if not np.array_equal(figures[first], figures[again]) or len(np.unique(figures[first])) < FEWEST_LINES:
        return False
    return all(
        body.text(i, j) == body.text(k, j)
        for j in (column.index for column in body.of_role(*_OF_WORDS))
        for i, k in zip(first, again, strict=True)
    )


def _told_apart(body: Body, settled: Settled, first: Sequence[int], again: Sequence[int]) -> bool:
    """Whether other headings stand above the second lot, or a total covers lines of both."""
    headings = settled.rows(RowRole.HEADING)
    above = [body.first_text(i) for i in headings if i < first[-1]]
    below = [body.first_text(i) for i in headings if i > first[-1]]
    totals = settled.totals()
    covered = ({i for i in _under(k, totals) if i not in totals} for k in totals)
    return above != below or any(lines & set(first) and lines & set(again) for lines in covered)


def _under(i: int, totals: Mapping[int, Total]) -> set[int]:
    """All that a total covers, however deep."""
    found: set[int] = set()
    waiting = [i]
    while waiting:
        k = waiting.pop()
        members = {*totals[k].plus, *totals[k].minus} - found if k in totals else set()
        found |= members
        waiting += members
    return found
