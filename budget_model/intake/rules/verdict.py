"""What a rule says: of one row, one column or the table, what it is, why, and how strongly that is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Direction, Fate, Minus, Naming, Role, RowRole


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


_PROOF_OF: Mapping[Proof, tuple[Reason, ...]] = {
    Proof.NOTHING: (
        Reason.HOLDS_AMOUNTS,
        Reason.NOTHING_IN_IT,
        Reason.SHAPE_OF_AMOUNTS,
        Reason.SAYS_MOST,
        Reason.CODES_ONLY,
        Reason.HOLDS_CODES,
    ),
    Proof.WORDS: (
        Reason.PART_OF_ABOVE,
        Reason.CHECKS_SHEET,
        Reason.BALANCE_HELD,
        Reason.RESULT_OF_ZERO,
        Reason.WORDED_BUT_DISAGREES,
        Reason.HEADER_NAMES,
        Reason.PERCENT_SIGN,
        Reason.CALLED_THE_AMOUNT,
        Reason.HELD_AT_DATE,
        Reason.LEADS_TO_BUDGET,
        Reason.PART_OF_COLUMN,
        Reason.TAX_ON_TOP,
        Reason.COLUMN_SAYS_YEAR,
        Reason.COLUMN_SAYS_PHASE,
        Reason.LABELS_COME_AGAIN,
        Reason.HEADERS_NAME_SIDES,
        Reason.TABLE_HEADED_INCOME,
        Reason.HEADINGS_SAY_SIDE,
        Reason.NET_TOTAL_SAYS_SIDE,
        Reason.INCOME_WITH_MINUS,
        Reason.WORDS_SAY_SIDE,
        Reason.ONLY_WORDS_SAY_SIDE,
        Reason.HEADED_AS_BODIES,
        Reason.CALLED_AS_BODIES,
        Reason.HEADED_AS_DESCRIPTION,
        Reason.HEADED_AS_CODES,
    ),
    Proof.ARITHMETIC: (
        Reason.SUM,
        Reason.EQUALS,
        Reason.DIFFERENCE,
        Reason.SUM_BUT_FOR_COLUMNS,
        Reason.AS_IN_OTHER_BLOCKS,
        Reason.PAYS_AND_EQUALS,
        Reason.SUM_OF_LEVEL_BELOW,
        Reason.STATISTIC,
        Reason.ROW_AGAIN,
        Reason.OVER_AGAIN,
        Reason.PAYS_FOR,
        Reason.ACROSS,
        Reason.DIFFERENCE_ACROSS,
        Reason.BALANCE_ABOVE,
        Reason.WITH_TAX,
        Reason.COLUMN_AGAIN,
        Reason.GROUP_TOTAL,
        Reason.TOTALS_LEAVE_IT_OUT,
        Reason.COLUMN_SAYS_VERSION,
        Reason.COLUMN_TAKEN_OFF,
        Reason.COSTS_WITH_MINUS,
        Reason.MINUS_ON_INCOME,
        Reason.MINUS_ON_EXPENDITURE,
        Reason.MINUS_UNLIKE_OTHERS,
    ),
    Proof.STATED: (Reason.PACKAGE_STATES, Reason.PACKAGE_NAMES_OTHERS),
    Proof.OFFICER: (Reason.OFFICER, Reason.OFFICER_NO_LINE),
}


def proof_of(reason: Reason) -> Proof:
    """How strongly a reason that no single rule gives shows what it says; by format where nothing else is named."""
    return next((proof for proof, reasons in _PROOF_OF.items() if reason in reasons), Proof.FORMAT)


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


@dataclass(frozen=True, slots=True, eq=False)
class RowsAt:
    """Several rows of the body of which the same is said; tables may have hundreds of thousands."""

    rows: NDArray[np.intp]


At = RowAt | RowsAt | ColumnAt | WholeTable
AnyRole = RowRole | Role | Direction | Minus | Naming | Fate


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


class RelationKind(StrEnum):
    """How one column is computed from others."""

    SUM = "sum"
    DIFFERENCE = "difference"
    EITHER_WAY = "difference either way"
    """A variance whose sign says better or worse, so that income and expenditure count opposite ways."""
    RUNNING = "running balance"
    """What is held after every entry of a cash book: the balance above, what comes in and what goes out."""
    REPEAT = "repeat"
    GROUP_TOTAL = "group total"
    REVISION = "revision"
    WITH_TAX = "with tax"


@dataclass(frozen=True, slots=True)
class Relation:
    """One column computed from others."""

    column: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    kind: RelationKind = RelationKind.SUM
    off: tuple[int, ...] = ()
    """The body rows on which the printed figure disagrees."""


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
    always_asked: bool = False
    """Whether the officer is asked even where one reading explains far more than the others."""


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
    index: int,
    role: Role | Direction | Minus | Naming,
    because: Because | Reason,
    proof: Proof,
    **more: object,
) -> Verdict:
    """A verdict on a column of the sheet."""
    told = because.of() if isinstance(because, Reason) else because
    return Verdict(ColumnAt(int(index)), role, told, proof, **more)  # type: ignore[arg-type]  # total and doubt


def rows(
    at: NDArray[np.intp],
    role: Direction | Minus,
    because: Because | Reason,
    proof: Proof,
    doubt: Because | None = None,
) -> Verdict:
    """A verdict on which way the money of several body rows goes."""
    told = because.of() if isinstance(because, Reason) else because
    return Verdict(RowsAt(at), role, told, proof, doubt=doubt)


def every_row(of_row: NDArray[np.uint8], because: Because, proof: Proof) -> Iterator[Verdict]:
    """Verdicts on all rows of the body at once: the direction of each, and that some have none."""
    for direction in Direction:
        yield rows(np.flatnonzero(of_row == direction), direction, because, proof)
