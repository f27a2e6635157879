"""What every rule said of a table, and which of them holds: for `read FILE --explain`."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from budget_model.intake.files.grid import column_name
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.settled import Spoken
from budget_model.intake.rules.verdict import (
    AnyRole,
    At,
    ColumnAt,
    RowAt,
    RowsAt,
    Total,
    WholeTable,
    proof_of,
)
from budget_model.intake.sheet.table import RuleHeard


def heard(
    draft: TableDraft, shown: Collection[int], names: Sequence[Spoken], named: Mapping[AnyRole, Spoken]
) -> tuple[RuleHeard, ...]:
    """What was said of the columns, and of those rows of the sheet that are shown, top to bottom.

    `names` is what was said of columns that name the lines, `named` which of it holds.
    """
    found: list[tuple[tuple[int, int], RuleHeard]] = []
    for (at, aspect), all_said in draft.settled.spoken.items():
        if isinstance(at, RowAt) and draft.body.start + at.index not in shown:
            continue
        winner = draft.settled.winners[at, aspect]
        found += [(_order(at), rule_heard) for rule_heard in _told(draft, at, all_said, winner)]
    found += _of_many(draft, shown)
    for spoken in names:
        at = spoken.verdict.at
        found += [
            (_order(at), rule_heard) for rule_heard in _told(draft, at, [spoken], named[spoken.verdict.role])
        ]
    return (*_parting(draft), *(rule_heard for _, rule_heard in sorted(found, key=lambda pair: pair[0])))


def _of_many(draft: TableDraft, shown: Collection[int]) -> Iterator[tuple[tuple[int, int], RuleHeard]]:
    """What was said of the rows that are shown together with others."""
    rows = np.array(sorted(row - draft.body.start for row in shown if row in draft.body), np.intp)
    for said in draft.settled.of_many.values():
        for spoken in said.spoken:
            at = spoken.verdict.at
            for row in np.intersect1d(rows, at.rows) if isinstance(at, RowsAt) else ():
                winner = said.spoken[said.holds[row]]
                place = RowAt(int(row))
                yield from (
                    (_order(place), rule_heard) for rule_heard in _told(draft, place, [spoken], winner)
                )


def _parting(draft: TableDraft) -> Iterator[RuleHeard]:
    """The rule by which rows are parted into alternatives, where one is."""
    if (parts := draft.splits) is not None:
        proof = _called(proof_of(parts.because.reason).name)
        yield RuleHeard("the table", parts.rule, "parted", str(parts.because), proof, holds=True)


def _order(at: At) -> tuple[int, int]:
    return ((WholeTable, ColumnAt, RowAt).index(type(at)), 0 if isinstance(at, RowsAt) else at.index)


def _told(draft: TableDraft, at: At, all_said: list[Spoken], winner: Spoken) -> Iterator[RuleHeard]:
    for spoken in all_said:
        verdict = spoken.verdict
        computed = verdict.total is not None and verdict.total.why is verdict.because.reason
        yield RuleHeard(
            _place(draft, at),
            spoken.rule,
            _called(verdict.role.name),
            why(draft, verdict.total) if computed and verdict.total else str(verdict.because),
            _called(verdict.proof.name),
            spoken is winner,
        )


def _place(draft: TableDraft, at: At) -> str:
    if isinstance(at, ColumnAt):
        return f"column {column_name(at.index)}"
    return f"row {draft.body.start + at.index + 1}" if isinstance(at, RowAt) else "the table"


def _called(name: str) -> str:
    """A role or a proof as one reads it.

    >>> _called("REPEATED_HEADER")
    'repeated header'
    """
    return name.lower().replace("_", " ")


def why(draft: TableDraft, total: Total) -> str:
    """Why a row is a total, in words."""
    parts = _rows_named(draft, total.plus)
    less = f" less {_rows_named(draft, total.minus)}" if total.minus else ""
    return str(total.why.of(f"{parts}{less}"))


def _rows_named(draft: TableDraft, rows: Sequence[int]) -> str:
    numbers = sorted(draft.body.start + i + 1 for i in rows)
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return f"rows {numbers[0]} to {numbers[-1]}"
    return f"{len(numbers)} rows between {numbers[0]} and {numbers[-1]}"
