"""Which lines and columns of a table are income, and what is printed with a minus: what the rules about it come to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.listen import assume, hear
from budget_model.intake.rules.rule import Needs
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import ColumnAt, RowsAt
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Direction, Minus

TOLD_BY_A_COLUMN = (Reason.COLUMN_SAYS_SIDE, Reason.CODES_SAY_SIDE)


@dataclass(frozen=True, slots=True)
class Doubted:
    """What was taken for granted about some lines."""

    because: Because
    rows: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Sides:
    """For each body row its side, and for each column that has one of its own."""

    of_row: NDArray[np.uint8]
    of_column: dict[int, Direction]
    minus: Minus
    """Which side is printed with a minus."""
    turned: NDArray[np.bool_]
    """The body rows of income whose sign is the other way round from the rest."""
    negative_columns: frozenset[int]
    """Columns of income that are printed with a minus."""
    unsure_columns: frozenset[int]
    """Columns taken for income only because they are taken off others."""
    doubts: tuple[Doubted, ...]

    def doubt(self, reason: Reason) -> Doubted | None:
        """The last thing of its kind that was taken for granted."""
        return next((doubt for doubt in reversed(self.doubts) if doubt.because.reason is reason), None)


def read_sides(body: Body, settled: Settled) -> Sides:
    """Let the rules about income and expenditure speak, once every row and column has its role.

    What a column says of each row holds; only where none does are headings, totals and words heard.
    """
    assume(settled, RowsAt, Direction)
    assume(settled, ColumnAt, Direction)
    hear(Needs.SIDES, body, settled)
    said = settled.said_of(Direction).spoken
    if not any(spoken.verdict.because.reason in TOLD_BY_A_COLUMN for spoken in said):
        hear(Needs.UNTOLD_SIDES, body, settled)
    hear(Needs.MINUS, body, settled)
    return _sides(settled)


def _sides(settled: Settled) -> Sides:
    of_columns = [
        (at.index, kind, winner.verdict)
        for (at, kind), winner in settled.winners.items()
        if isinstance(at, ColumnAt)
    ]
    return Sides(
        settled.directions(),
        settled.sides_of_columns(),
        settled.minus_of_table(),
        settled.said_of(Minus).roles() == Minus.UNLIKE_THE_REST,
        frozenset(index for index, kind, _ in of_columns if kind is Minus),
        frozenset(index for index, kind, verdict in of_columns if kind is Direction and verdict.doubt),
        tuple(_doubted(settled)),
    )


def _doubted(settled: Settled) -> Iterator[Doubted]:
    for spoken in settled.said_of(Direction).spoken:
        doubt, at = spoken.verdict.doubt, spoken.verdict.at
        if doubt and isinstance(at, RowsAt):
            yield Doubted(doubt, at.rows)
