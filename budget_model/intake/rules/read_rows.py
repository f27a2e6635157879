"""What each row of a table is: a line, a total, a heading that applies below, a note, blank or a header again.

No row is left out without a reason: every row of the body gets a role and says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Cells
from budget_model.intake.rules.arithmetic_of_rows import add_up
from budget_model.intake.rules.body import Body, body_of
from budget_model.intake.rules.labels import labels_of
from budget_model.intake.rules.listen import assume, hear
from budget_model.intake.rules.rows import Rows, take_settled
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.rules.settle import settle
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import RowAt, Verdict, proof_of, row
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import RowRole

ARITHMETIC = Rule("the arithmetic of rows", Needs.ROWS, lambda _body, _settled: ())
"""It looks at what the rules before it leave as lines, so no other verdict stands where it speaks."""
LEFT_OUT = Rule("the column of directions", Needs.ROWS, lambda _body, _settled: (), overrules=tuple(Reason))


def roles_of_rows(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    factor: int,
    splits: NDArray[np.int32] | None = None,
    answered: dict[str, str] | None = None,
    left_out: Mapping[int, Because] | None = None,
    settled: Settled | None = None,
) -> Rows:
    """Give every row of a table its role; `answered` says of some rows whether they are totals or lines.

    `left_out` are body rows that hold no money of the year, whatever their figures, each with its reason.

    A row is named by its label, which like-worded rows share, or by its mark (`row_marks`), which is its own.
    """
    settled = Settled() if settled is None else settled
    body = body_of(cells, region, columns, labels_of(cells, region, columns), factor, answered)
    settled.start_rows(body.has_amounts)
    assume(settled, RowAt)
    hear(Needs.ROWS, body, settled)
    settle(settled, LEFT_OUT, _left_out(body, left_out or {}))
    rows = Rows(body.start, settled.roles.copy(), labels=list(body.labels))
    items = np.flatnonzero(settled.roles == RowRole.LINE)
    if len(items):
        settled.arithmetic, verdicts = add_up(body, rows, items, splits)
        settle(settled, ARITHMETIC, verdicts)
    hear(Needs.TOTALS, replace(body, labels=tuple(rows.labels)), settled)
    take_settled(rows, settled)
    return rows


def _left_out(body: Body, rows: Mapping[int, Because]) -> Iterator[Verdict]:
    for i, because in rows.items():
        if body.told.get(i) != "a line":
            yield row(i, RowRole.NOTE, because, proof_of(because.reason))
