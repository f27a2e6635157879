"""What a rule says: of one row, one column or the table, what it is, why, and how strongly that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Direction, Fate, Role, RowRole


class Proof(IntEnum):
    """How strongly something is shown. The stronger proof wins, whichever rule spoke first."""

    NOTHING = 0
    """What holds where no rule speaks: a row with amounts is a line."""
    WORDS = 1
    """A label, a header or a title says so."""
    FORMAT = 2
    """How cells look or what kinds of value they hold says so: bold, indents, codes, number formats."""
    ARITHMETIC = 3
    """The amounts show it: what is printed is what its parts come to."""
    STATED = 4
    """The file's own description says so, as a Fiscal Data Package does."""
    OFFICER = 5
    """The officer has answered it."""


@dataclass(frozen=True, slots=True)
class RowAt:
    """One row of the body, counted from 0 at the first."""

    index: int


@dataclass(frozen=True, slots=True)
class ColumnAt:
    """One column of the sheet, counted from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class WholeTable:
    """The table itself."""

    index: int = 0


At = RowAt | ColumnAt | WholeTable
AnyRole = RowRole | Role | Direction | Fate


@dataclass(frozen=True, slots=True)
class Total:
    """One item that is computed from others: a row from rows, or a column from columns."""

    item: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    sure: bool = True
    why: Reason = Reason.SUM
    off: tuple[int, ...] = ()
    """The columns in which the printed figure disagrees with its detail."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one place."""

    at: At
    role: AnyRole
    because: Because
    proof: Proof
    total: Total | None = None
    """Of a total: what it is computed from."""
    doubt: Because | None = None
    """What stays in doubt, where the officer is to be asked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a table: what the officer may answer, and the verdicts that make it so."""

    answer: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """A table that can be read in several ways, one of which is right; the first is taken where nothing tells."""

    about: str
    """Under what an answer is kept, after the table's own mark."""
    ask: str
    because: str
    candidates: tuple[Candidate, ...]


def row(
    index: int, role: RowRole | Direction, because: Because | Reason, proof: Proof, **more: object
) -> Verdict:
    """A verdict on a body row; a reason without words may stand for itself.

    >>> row(3, RowRole.NOTE, Reason.STRAY_FIGURES, Proof.WORDS).because
    Because(reason=<Reason.STRAY_FIGURES: 'it is a note that carries stray figures'>, words=())
    """
    told = because.of() if isinstance(because, Reason) else because
    return Verdict(RowAt(int(index)), role, told, proof, **more)  # type: ignore[arg-type]  # total and doubt


def column(
    index: int, role: Role | Direction, because: Because | Reason, proof: Proof, **more: object
) -> Verdict:
    """A verdict on a column of the sheet."""
    told = because.of() if isinstance(because, Reason) else because
    return Verdict(ColumnAt(int(index)), role, told, proof, **more)  # type: ignore[arg-type]  # total and doubt


def total_row(
    index: int, plus: Sequence[int], reason: Reason, proof: Proof, minus: Sequence[int] = ()
) -> Verdict:
    """A verdict that a body row is computed from others, which it covers."""
    total = Total(int(index), tuple(map(int, plus)), tuple(map(int, minus)), why=reason)
    return Verdict(RowAt(int(index)), RowRole.TOTAL, reason.of(), proof, total)
