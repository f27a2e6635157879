"""What all verdicts so far come to: the winner of each place, and everything that was said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.rules.arithmetic import Arithmetic
from budget_model.intake.rules.direction_column import DirectionColumn
from budget_model.intake.rules.verdict import (
    AnyRole,
    At,
    ColumnAt,
    Contest,
    Proof,
    Relation,
    RowAt,
    Total,
    Verdict,
    WholeTable,
)
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Direction, Minus, Role, RowRole

Place = tuple[At, type[AnyRole]]
"""A row has a role and a direction, and the one does not decide the other."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A verdict and the rule that gave it."""

    rule: str
    verdict: Verdict


@dataclass(slots=True)
class SaidOfRows:
    """All verdicts of one kind on many rows at once, and which of them holds for each row."""

    holds: NDArray[np.int32]
    """For each body row the place of the verdict that holds; -1 where none was given."""
    spoken: list[Spoken] = field(default_factory=list)

    def roles(self) -> NDArray[np.uint8]:
        """What each body row is by the verdict that holds; 0 where none was given."""
        return np.array([*(spoken.verdict.role for spoken in self.spoken), 0], np.uint8)[self.holds]


@dataclass(slots=True)
class Settled:
    """What all verdicts so far come to. Rules read it; only `settle` writes it."""

    roles: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    """The role of every body row."""
    winners: dict[Place, Spoken] = field(default_factory=dict)
    spoken: dict[Place, list[Spoken]] = field(default_factory=dict)
    """All that was said of a place, in the order of the rules."""

    relations: dict[int, Relation] = field(default_factory=dict)
    """The columns that are computed from others."""
    nothing_across: bool = False
    """Whether there were no columns of amounts to hold against each other."""
    arithmetic: Arithmetic | None = None
    """What the arithmetic of rows looked at, once it has."""
    contests: list[Contest] = field(default_factory=list)
    """In what ways the table can be read, where rules see several."""
    directed_by: DirectionColumn | None = None
    """The column that says the side of each row, where there is one."""
    of_many: dict[type[AnyRole], SaidOfRows] = field(default_factory=dict)
    """What was said of many rows at once: which way their money goes, and what is printed with a minus."""
    assumed: tuple[Verdict, ...] = ()
    """What one of those ways takes for granted, while it is tried."""

    def role(self, row: int) -> RowRole:
        """What a row is, so far."""
        return RowRole(int(self.roles[row]))

    def reason(self, row: int) -> Reason | None:
        """Why a row is what it is; None where no rule spoke."""
        winner = self.winners.get((RowAt(row), RowRole))
        return winner.verdict.because.reason if winner else None

    def rows(self, role: RowRole) -> list[int]:
        """The rows of a role."""
        rows: list[int] = np.flatnonzero(self.roles == role).tolist()
        return rows

    def of_rows(self) -> Mapping[int, Verdict]:
        """The verdict that holds for each row of which a rule spoke."""
        return {
            at.index: winner.verdict
            for (at, kind), winner in self.winners.items()
            if isinstance(at, RowAt) and kind is RowRole
        }

    def totals(self) -> dict[int, Total]:
        """The rows that are totals, with what they are computed from."""
        return {i: verdict.total for i, verdict in self.of_rows().items() if verdict.total is not None}

    def doubts(self) -> dict[int, Because]:
        """What stays in doubt, by row."""
        return {i: verdict.doubt for i, verdict in self.of_rows().items() if verdict.doubt is not None}

    def said_of(self, kind: type[AnyRole]) -> SaidOfRows:
        """What was said of one kind of many rows at once."""
        return self.of_many.setdefault(kind, SaidOfRows(np.full(len(self.roles), -1, np.int32)))

    def directions(self) -> NDArray[np.uint8]:
        """Which way the money of each body row goes, so far."""
        return self.said_of(Direction).roles()

    def sides_of_columns(self) -> dict[int, Direction]:
        """Which way the money of each column goes of which a rule spoke."""
        return {
            at.index: Direction(int(winner.verdict.role))
            for (at, kind), winner in self.winners.items()
            if kind is Direction and isinstance(at, ColumnAt)
        }

    def minus_of_table(self) -> Minus:
        """Which side is printed with a minus over the whole table."""
        winner = self.winners.get((WholeTable(), Minus))
        return Minus(int(winner.verdict.role)) if winner else Minus.NONE

    def related(self) -> set[int]:
        """The columns that are computed from others, and those others."""
        relations = self.relations.values()
        return {
            index for relation in relations for index in (relation.column, *relation.plus, *relation.minus)
        }

    def start_rows(self, has_amounts: NDArray[np.bool_]) -> None:
        """Before any rule speaks of rows: those with amounts are lines, all others are blank."""
        self.roles = np.where(has_amounts, np.uint8(RowRole.LINE), np.uint8(RowRole.BLANK))


def without_doubt(settled: Settled, row: int, proof: Proof = Proof.ARITHMETIC) -> Verdict:
    """What holds of a row, said once more without anything left to ask."""
    return replace(settled.winners[RowAt(row), RowRole].verdict, proof=proof, doubt=None)


def column_role(settled: Settled, column: Column) -> Role:
    """What a column is, so far."""
    winner = settled.winners.get((ColumnAt(column.index), Role))
    return winner.verdict.role if winner and isinstance(winner.verdict.role, Role) else column.role
