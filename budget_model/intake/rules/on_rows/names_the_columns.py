"""A row of whole numbers that ends in the word for a total: it names the columns of a pivot and holds no money."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

MOSTLY_FIGURES: Final = limit("names_the_columns", "mostly_figures")
FIRST: Final = count("names_the_columns", "first")
LARGEST: Final = count("names_the_columns", "largest")


def names_the_columns(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Leave out a first row that says 'total' in a column of amounts, where its other figures are whole numbers."""
    for i in range(min(FIRST, body.height)):
        said = [
            j for j in range(body.region.left + 1, body.region.right + 1) if body.kinds[i, j] == CellKind.TEXT
        ]
        figures = body.numbers[i, list(body.amounts)]
        some = figures[np.isfinite(figures)]
        whole = bool(len(some)) and bool(np.all((some == np.floor(some)) & (some >= 0) & (some < LARGEST)))
        if whole and any(words.TOTAL.search(body.text(i, j)) and _holds_figures(body, j) for j in said):
            yield row(i, RowRole.NOTE, Reason.NAMES_COLUMNS, Proof.FORMAT)


def _holds_figures(body: Body, column: int) -> bool:
    """Whether nearly all else in a column are figures."""
    kinds = body.kinds[:, column]
    return bool(
        (kinds == CellKind.NUMBER).sum() >= MOSTLY_FIGURES * max(1, (kinds != CellKind.EMPTY).sum() - 1)
    )
